import type { ChatId, TagId } from '@beckon/protocol'
import type { Insertable, Selectable } from 'kysely'
import type { Database } from './database.ts'
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
