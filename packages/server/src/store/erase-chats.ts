import type { ChatId } from '@beckon/protocol'
import type { Tx } from './store.ts'

/** As many as one statement names. */
const AT_ONCE = 500

/** Chats with everything in them, what they are found by and what was logged about them. */
export async function eraseChats(tx: Tx, ids: readonly ChatId[]): Promise<number> {
  let erased = 0
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    erased += await eraseSome(tx, ids.slice(at, at + AT_ONCE))
  }
  return erased
}

async function eraseSome(tx: Tx, ids: readonly ChatId[]): Promise<number> {
  const subjects: readonly string[] = ids
  await tx.deleteFrom('events').where('subject_id', 'in', subjects).execute()
  const numbers = tx.selectFrom('chats').select('number').where('id', 'in', ids)
  await tx.deleteFrom('chat_texts').where('rowid', 'in', numbers).execute()
  const inside = [
    'chat_answers',
    'chat_surveys',
    'messages',
    'chat_participants',
    'chat_notes',
    'chat_tags',
    'files',
  ] as const
  for (const table of inside) await tx.deleteFrom(table).where('chat_id', 'in', ids).execute()
  const { numDeletedRows } = await tx.deleteFrom('chats').where('id', 'in', ids).executeTakeFirst()
  return Number(numDeletedRows)
}
