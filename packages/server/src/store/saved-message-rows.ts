import type { AgentId, BrandId, SavedMessageId, Timestamp } from '@beckon/protocol'
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

export type SavedMessageRow = Selectable<Database['saved_messages']>

export const savedMessageById = (db: Db | Tx, id: SavedMessageId) =>
  db.selectFrom('saved_messages').selectAll().where('id', '=', id).executeTakeFirst()

/** An agent's own and those of the brands, by name, each with when this agent took it last. */
export const savedMessagesFor = (
  db: Db,
  { agentId, brandIds }: { agentId: AgentId; brandIds: readonly BrandId[] },
) =>
  db
    .selectFrom('saved_messages')
    .leftJoin('saved_message_uses', (join) =>
      join
        .onRef('saved_message_uses.message_id', '=', 'saved_messages.id')
        .on('saved_message_uses.agent_id', '=', agentId),
    )
    .selectAll('saved_messages')
    .select('saved_message_uses.used_at')
    .where((eb) =>
      eb.or([
        eb.and([
          eb('saved_messages.brand_id', 'is', null),
          eb('saved_messages.agent_id', '=', agentId),
        ]),
        ...(brandIds.length > 0 ? [eb('saved_messages.brand_id', 'in', brandIds)] : []),
      ]),
    )
    .orderBy('saved_messages.name')
    .orderBy('saved_messages.id')
    .execute()

/** What the dialog begins with, of these agents and brands. */
export const standardMessagesOf = (db: Db, owners: readonly string[]) =>
  db.selectFrom('standard_messages').selectAll().where('owner', 'in', owners).execute()

export const countSavedMessages = async (
  tx: Tx,
  { agent_id, brand_id }: Pick<SavedMessageRow, 'agent_id' | 'brand_id'>,
): Promise<number> => {
  const all = tx.selectFrom('saved_messages').select((eb) => eb.fn.countAll().as('count'))
  const { count } = await (brand_id === null
    ? all.where('brand_id', 'is', null).where('agent_id', '=', agent_id)
    : all.where('brand_id', '=', brand_id)
  ).executeTakeFirstOrThrow()
  return Number(count)
}

export const insertSavedMessage = (tx: Tx, row: Insertable<Database['saved_messages']>) =>
  tx.insertInto('saved_messages').values(row).execute()

export const updateSavedMessage = (
  tx: Tx,
  id: SavedMessageId,
  change: Updateable<Database['saved_messages']>,
) => tx.updateTable('saved_messages').set(change).where('id', '=', id).execute()

export const deleteSavedMessage = async (tx: Tx, id: SavedMessageId): Promise<void> => {
  await tx.deleteFrom('saved_messages').where('id', '=', id).execute()
}

export const noteUse = (
  tx: Tx,
  use: { agentId: AgentId; messageId: SavedMessageId; at: Timestamp },
) =>
  tx
    .insertInto('saved_message_uses')
    .values({ agent_id: use.agentId, message_id: use.messageId, used_at: use.at })
    .onConflict((conflict) =>
      conflict.columns(['agent_id', 'message_id']).doUpdateSet({ used_at: use.at }),
    )
    .execute()

export const makeStandard = (tx: Tx, owner: string, messageId: SavedMessageId) =>
  tx
    .insertInto('standard_messages')
    .values({ owner, message_id: messageId })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ message_id: messageId }))
    .execute()

export const dropStandard = (tx: Tx, messageId: SavedMessageId) =>
  tx.deleteFrom('standard_messages').where('message_id', '=', messageId).execute()
