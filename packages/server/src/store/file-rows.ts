import type { ChatId, FileId, Timestamp } from '@beckon/protocol'
import type { Selectable } from 'kysely'
import type { Json } from './database.ts'
import type { Db, Tx } from './store.ts'

export type FileTables = {
  /** JSON of ChatFile, where the message is one. */
  messages: { file: Json | null }
  files: {
    id: FileId
    chat_id: ChatId
    sender: 'visitor' | 'agent'
    name: string
    type: string
    size: number
    created_at: Timestamp
    /** Base64: text is what both engines store alike. */
    data: string
  }
  /** What may be brought or read, once and soon. Kept as hashes. */
  file_passes: { hash: string; what: Json; expires_at: Timestamp }
}
export type FileRow = Selectable<FileTables['files']>

export const insertFile = (tx: Tx, row: FileRow) => tx.insertInto('files').values(row).execute()

export const fileById = (db: Db | Tx, id: FileId): Promise<FileRow | undefined> =>
  db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst()

export const chatOfFile = (
  db: Db | Tx,
  id: FileId,
): Promise<Pick<FileRow, 'id' | 'chat_id'> | undefined> =>
  db.selectFrom('files').select(['id', 'chat_id']).where('id', '=', id).executeTakeFirst()

/** How many files a chat has, and how many bytes they are. */
export async function filesIn(
  db: Db | Tx,
  chatId: ChatId,
): Promise<{ count: number; bytes: number }> {
  const row = await db
    .selectFrom('files')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.sum('size').as('bytes')])
    .where('chat_id', '=', chatId)
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), bytes: Number(row.bytes ?? 0) }
}

export const insertPass = (tx: Tx, row: FileTables['file_passes']) =>
  tx.insertInto('file_passes').values(row).execute()

/** Takes a pass away: whoever gets it back is the only one. */
export async function takePass(tx: Tx, hash: string, now: Timestamp): Promise<Json | undefined> {
  await tx.deleteFrom('file_passes').where('expires_at', '<=', now).execute()
  const row = await tx
    .deleteFrom('file_passes')
    .where('hash', '=', hash)
    .returning('what')
    .executeTakeFirst()
  return row?.what
}
