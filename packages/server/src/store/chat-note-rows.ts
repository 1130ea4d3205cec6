import type { AgentId, ChatId, TagId, Timestamp } from '@beckon/protocol'
import type { Insertable, Selectable } from 'kysely'
import type { Database } from './database.ts'
import { preparedForIds } from './prepared.ts'
import type { Db, Tx } from './store.ts'

/* What agents add to a chat for each other: notes and tags. */

export type ChatNoteRecord = Selectable<Database['chat_notes']>

/** In the order in which they were written. */
export const notesOfChat = (db: Db | Tx, chatId: ChatId): Promise<ChatNoteRecord[]> =>
  db
    .selectFrom('chat_notes')
    .selectAll()
    .where('chat_id', '=', chatId)
    .orderBy('at')
    .orderBy('id')
    .execute()

export const countNotesOfChat = async (tx: Tx, chatId: ChatId): Promise<number> => {
  const row = await tx
    .selectFrom('chat_notes')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('chat_id', '=', chatId)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Whispers that whoever answers has not looked at yet, the oldest first. */
export const unheardWhispers = preparedForIds((db, chatIds) =>
  db
    .selectFrom('chat_notes')
    .select(['chat_id', 'agent_id', 'text', 'at'])
    .where('chat_id', 'in', chatIds as readonly ChatId[])
    .where('kind', '=', 'whisper')
    .where('heard_at', 'is', null)
    .orderBy('at')
    .orderBy('id'),
)

export const hearWhispers = async (
  tx: Tx,
  { chatId, agentId, at }: { chatId: ChatId; agentId: AgentId; at: Timestamp },
): Promise<boolean> => {
  const heard = await tx
    .updateTable('chat_notes')
    .set({ heard_at: at })
    .where('chat_id', '=', chatId)
    .where('kind', '=', 'whisper')
    .where('heard_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('chats').select('id').where('id', '=', chatId).where('agent_id', '=', agentId),
      ),
    )
    .returning('id')
    .execute()
  return heard.length > 0
}

export const insertChatNote = (tx: Tx, row: Insertable<Database['chat_notes']>) =>
  tx.insertInto('chat_notes').values(row).execute()

/** In the order of their names. */
export const tagsOfChat = (db: Db | Tx, chatId: ChatId) =>
  db
    .selectFrom('chat_tags')
    .innerJoin('tags', 'tags.id', 'chat_tags.tag_id')
    .select(['tags.id', 'tags.name', 'tags.tint'])
    .where('chat_tags.chat_id', '=', chatId)
    .orderBy('tags.folded')
    .execute()

export const putChatTag = (tx: Tx, row: Insertable<Database['chat_tags']>) =>
  tx
    .insertInto('chat_tags')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** Takes the tag off; undefined when it was not on. */
export const takeChatTag = (tx: Tx, chatId: ChatId, tagId: TagId) =>
  tx
    .deleteFrom('chat_tags')
    .where('chat_id', '=', chatId)
    .where('tag_id', '=', tagId)
    .returning('tag_id')
    .executeTakeFirst()
