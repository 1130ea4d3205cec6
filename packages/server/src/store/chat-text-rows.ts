import type { ChatId, Identity } from '@beckon/protocol'
import { notesOfChat } from './chat-note-rows.ts'
import type { ChatRecord } from './chat-rows.ts'
import { searchWords } from './search-words.ts'
import type { Tx } from './store.ts'

/** A chat that never stops is found by how it began. */
const MOST_CHARACTERS = 400_000

/**
 * What an ended chat is found by: whom it was with, and every word. Written with its end, and again
 * when something is added later.
 */
export async function keepChatText(
  tx: Tx,
  chat: Pick<ChatRecord, 'id' | 'number' | 'who' | 'visitor_id'>,
): Promise<void> {
  const visitor = await tx
    .selectFrom('visitors')
    .select(['display_name', 'username', 'email'])
    .where('id', '=', chat.visitor_id)
    .executeTakeFirst()
  const { text, next } = JSON.parse(chat.who) as Identity
  const names = [text, next, visitor?.display_name, visitor?.username, visitor?.email]
  await writeChatText(tx, chat.number, [...names, ...(await wordsOf(tx, chat.id))])
}

/** After words were added: nothing while the chat goes on, since its end writes them all. */
export const keepEndedText = async (
  tx: Tx,
  chat: Parameters<typeof keepChatText>[1] & Pick<ChatRecord, 'state'>,
): Promise<void> => {
  if (chat.state === 'ended') await keepChatText(tx, chat)
}

/** Messages, and notes, which whoever may open a chat may read. Words of the product itself find nothing. */
async function wordsOf(tx: Tx, chatId: ChatId): Promise<string[]> {
  const said = await tx
    .selectFrom('messages')
    .select('text')
    .where('chat_id', '=', chatId)
    .where('sender', '!=', 'system')
    .orderBy('seq')
    .execute()
  const noted = await notesOfChat(tx, chatId)
  return [...said, ...noted].map(({ text }) => text)
}

/** An index of letters knows no conflicts: the row goes, and is written anew. */
export async function writeChatText(
  tx: Tx,
  number: number,
  parts: readonly (string | null | undefined)[],
): Promise<void> {
  const text = searchWords(parts.filter(Boolean).join('\n').slice(0, MOST_CHARACTERS))
  await tx.deleteFrom('chat_texts').where('rowid', '=', number).execute()
  await tx.insertInto('chat_texts').values({ rowid: number, text }).execute()
}
