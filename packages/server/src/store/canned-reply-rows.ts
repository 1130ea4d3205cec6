import type { AgentId, BrandId, CannedReplyId, Timestamp } from '@beckon/protocol'
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

export type CannedReplyRow = Selectable<Database['canned_replies']>

export const cannedReplyById = (db: Db | Tx, id: CannedReplyId) =>
  db.selectFrom('canned_replies').selectAll().where('id', '=', id).executeTakeFirst()

/** An agent's own and those of the brands, by shortcut, each with when this agent took it last. */
export const cannedRepliesFor = (
  db: Db,
  { agentId, brandIds }: { agentId: AgentId; brandIds: readonly BrandId[] },
) =>
  db
    .selectFrom('canned_replies')
    .leftJoin('canned_reply_uses', (join) =>
      join
        .onRef('canned_reply_uses.reply_id', '=', 'canned_replies.id')
        .on('canned_reply_uses.agent_id', '=', agentId),
    )
    .selectAll('canned_replies')
    .select('canned_reply_uses.used_at')
    .where((eb) =>
      eb.or([
        eb.and([
          eb('canned_replies.brand_id', 'is', null),
          eb('canned_replies.agent_id', '=', agentId),
        ]),
        ...(brandIds.length > 0 ? [eb('canned_replies.brand_id', 'in', brandIds)] : []),
      ]),
    )
    .orderBy('canned_replies.shortcut')
    .orderBy('canned_replies.id')
    .execute()

/** Of one agent, or shared in one brand. */
export const countCannedReplies = async (
  tx: Tx,
  { agent_id, brand_id }: Pick<CannedReplyRow, 'agent_id' | 'brand_id'>,
): Promise<number> => {
  const all = tx.selectFrom('canned_replies').select((eb) => eb.fn.countAll().as('count'))
  const { count } = await (brand_id === null
    ? all.where('brand_id', 'is', null).where('agent_id', '=', agent_id)
    : all.where('brand_id', '=', brand_id)
  ).executeTakeFirstOrThrow()
  return Number(count)
}

export const insertCannedReply = (tx: Tx, row: Insertable<Database['canned_replies']>) =>
  tx.insertInto('canned_replies').values(row).execute()

export const updateCannedReply = (
  tx: Tx,
  id: CannedReplyId,
  change: Updateable<Database['canned_replies']>,
) => tx.updateTable('canned_replies').set(change).where('id', '=', id).execute()

export const deleteCannedReply = async (tx: Tx, id: CannedReplyId): Promise<void> => {
  await tx.deleteFrom('canned_replies').where('id', '=', id).execute()
}

export const noteReplyUse = (
  tx: Tx,
  use: { agentId: AgentId; replyId: CannedReplyId; at: Timestamp },
) =>
  tx
    .insertInto('canned_reply_uses')
    .values({ agent_id: use.agentId, reply_id: use.replyId, used_at: use.at })
    .onConflict((conflict) =>
      conflict.columns(['agent_id', 'reply_id']).doUpdateSet({ used_at: use.at }),
    )
    .execute()
