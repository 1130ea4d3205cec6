import type { ChatFile, ChatId, Message, Timestamp } from '@beckon/protocol'
import type { Selectable } from 'kysely'
import type { Database } from './database.ts'
import { prepared } from './prepared.ts'
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

type Saying = { chatId: ChatId; from: Message['from']; clientId: string }

const bySaying = prepared((db, { chatId, from, clientId }: Saying) =>
  db
    .selectFrom('messages')
    .select(columns)
    .where('chat_id', '=', chatId)
    .where('sender', '=', from)
    .where('client_id', '=', clientId),
)

/** The one this sender has already stored under this id. */
export const messageByClientId = async (tx: Tx, saying: Saying) =>
  (await bySaying(tx, saying)).rows[0]

type NewMessage = Omit<MessageRow, 'seq'>

const insert = prepared((db, row: NewMessage) =>
  db
    .insertInto('messages')
    .values(({ selectFrom }) => ({
      chat_id: row.chat_id,
      client_id: row.client_id,
      sender: row.sender,
      agent_id: row.agent_id,
      name: row.name,
      text: row.text,
      at: row.at,
      fact: row.fact,
      file: row.file,
      seq: selectFrom('chats')
        .select(({ ref }) => ref('last_seq').$notNull().as('seq'))
        .where('id', '=', row.chat_id),
    }))
    .onConflict((conflict) => conflict.doNothing()),
)

/**
 * Under the number the chat has come to; answers whether it was stored. Not where something stands
 * under that number or under the sender's id, which is so when that number was not taken for it.
 */
export const insertMessage = async (tx: Tx, row: NewMessage): Promise<boolean> =>
  (await insert(tx, row)).numAffectedRows === 1n

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
