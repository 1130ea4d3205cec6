import type { ChatFile, ChatId, Message, Timestamp } from '@beckon/protocol'
import type { Insertable, Selectable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

export type MessageRow = Selectable<Database['messages']>

const columns = [
  'seq',
  'client_id',
  'sender',
  'agent_id',
  'name',
  'text',
  'at',
  'fact',
  'file',
] as const

/** The one this sender has already stored under this id. */
export const messageByClientId = (
  tx: Tx,
  chatId: ChatId,
  sender: Message['from'],
  clientId: string,
) =>
  tx
    .selectFrom('messages')
    .select(columns)
    .where('chat_id', '=', chatId)
    .where('sender', '=', sender)
    .where('client_id', '=', clientId)
    .executeTakeFirst()

/**
 * Under the number the chat has come to; answers whether it was stored. Not where something stands
 * under that number or under the sender's id, which is so when that number was not taken for it.
 */
export async function insertMessage(
  tx: Tx,
  row: Omit<Insertable<Database['messages']>, 'seq'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('messages')
    .values(({ selectFrom }) => ({
      ...row,
      seq: selectFrom('chats')
        .select(({ ref }) => ref('last_seq').$notNull().as('seq'))
        .where('id', '=', row.chat_id),
    }))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** What was said after a number, in order: all that resuming ever asks for. */
export async function messagesAfter(db: Db, chatId: ChatId, after: number): Promise<Message[]> {
  const rows = await db
    .selectFrom('messages')
    .select(columns)
    .where('chat_id', '=', chatId)
    .where('seq', '>', after)
    .orderBy('seq')
    .execute()
  return rows.map(toMessage)
}

/** What was said in these chats since, as it came. */
export async function messagesSince(
  db: Db,
  chatIds: readonly ChatId[],
  since: Timestamp,
): Promise<{ chatId: ChatId; message: Message }[]> {
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('chat_id', 'in', chatIds)
    .where('at', '>', since)
    .orderBy('at')
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({ chatId: row.chat_id, message: toMessage(row) }))
}

/** What visitors answered their invitations: the second message of a chat that came of one. */
export async function repliesIn(db: Db, chatIds: readonly ChatId[]): Promise<Map<ChatId, string>> {
  if (chatIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('messages')
    .select(['chat_id', 'text'])
    .where('chat_id', 'in', chatIds)
    .where('seq', '=', 2)
    .execute()
  return new Map(rows.map(({ chat_id, text }) => [chat_id, text]))
}

export const toMessage = (row: Omit<MessageRow, 'chat_id'>): Message => ({
  seq: row.seq,
  clientId: row.client_id,
  from: row.sender,
  name: row.name,
  ...(row.agent_id && { agentId: row.agent_id }),
  text: row.text,
  at: row.at,
  ...(row.fact !== null && { fact: JSON.parse(row.fact) as NonNullable<Message['fact']> }),
  ...(row.file !== null && { file: JSON.parse(row.file) as ChatFile }),
})
