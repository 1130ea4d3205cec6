import type {
  AgentId,
  BrandId,
  DepartmentId,
  OfflineMessageId,
  Timestamp,
  VisitorId,
} from '@beckon/protocol'
import { type ExpressionBuilder, type Insertable, type Selectable, sql } from 'kysely'
import type { Database } from './database.ts'
import { contains } from './search.ts'
import type { Db, Tx } from './store.ts'

export type OfflineRecord = Selectable<Database['offline_messages']>

export const insertOfflineMessage = (tx: Tx, row: Insertable<Database['offline_messages']>) =>
  tx.insertInto('offline_messages').values(row).execute()

export const offlineById = (
  db: Db | Tx,
  id: OfflineMessageId,
): Promise<OfflineRecord | undefined> =>
  db.selectFrom('offline_messages').selectAll().where('id', '=', id).executeTakeFirst()

/** How many a visitor has left since. */
export const leftBy = async (tx: Tx, visitorId: VisitorId, since: Timestamp): Promise<number> => {
  const { count } = await tx
    .selectFrom('offline_messages')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('visitor_id', '=', visitorId)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Whose: those they took, those of their departments, and as a manager those of no department any more. */
export type OfflineReader = {
  agentId: AgentId
  departmentIds: readonly DepartmentId[]
  managedBrandIds: readonly BrandId[]
  allDepartmentIds: readonly DepartmentId[]
}

export type OfflineEntry = Omit<
  OfflineRecord,
  'fields' | 'page_url' | 'page_title' | 'language' | 'done_by'
> & {
  answers: number
}

type Row = ExpressionBuilder<Database, 'offline_messages'>

const readableBy =
  ({ agentId, departmentIds, managedBrandIds, allDepartmentIds }: OfflineReader) =>
  (eb: Row) =>
    eb.or([
      eb('agent_id', '=', agentId),
      ...(departmentIds.length > 0 ? [eb('department_id', 'in', departmentIds)] : []),
      ...(managedBrandIds.length > 0
        ? [
            eb.and([
              eb('brand_id', 'in', managedBrandIds),
              eb.or([
                eb('department_id', 'is', null),
                ...(allDepartmentIds.length > 0
                  ? [eb('department_id', 'not in', allDepartmentIds)]
                  : []),
              ]),
            ]),
          ]
        : []),
    ])

/** What a list shows of each; the text only as it begins. */
const entries = (db: Db, reader: OfflineReader) =>
  db
    .selectFrom('offline_messages')
    .select([
      'id',
      'brand_id',
      'site_id',
      'department_id',
      'visitor_id',
      'visit_id',
      'name',
      'email',
      'at',
      'read_at',
      'agent_id',
      'done_at',
    ])
    .select((eb) => [
      sql<string>`substr(text, 1, 200)`.as('text'),
      eb
        .selectFrom('offline_answers')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('offline_answers.message_id', '=', 'offline_messages.id')
        .as('answers'),
    ])
    .where(readableBy(reader))

type Found = Omit<OfflineEntry, 'answers'> & { answers: number | string | bigint | null }
const counted = (rows: Found[]): OfflineEntry[] =>
  rows.map((row) => ({ ...row, answers: Number(row.answers ?? 0) }))

/** Those that wait, and those done lately; newest first. */
export const waitingOffline = async (
  db: Db,
  list: { reader: OfflineReader; doneAfter: Timestamp; limit: number },
): Promise<OfflineEntry[]> =>
  counted(
    await entries(db, list.reader)
      .where((eb) => eb.or([eb('done_at', 'is', null), eb('done_at', '>', list.doneAfter)]))
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(list.limit)
      .execute(),
  )

/** Those that are done, last done first. */
export async function doneOffline(
  db: Db,
  page: {
    reader: OfflineReader
    text?: string | undefined
    before?: { doneAt: Timestamp; id: string } | undefined
    limit: number
  },
): Promise<OfflineEntry[]> {
  let query = entries(db, page.reader).where('done_at', 'is not', null)
  const { text, before } = page
  if (before) {
    query = query.where((eb) =>
      eb.or([
        eb('done_at', '<', before.doneAt),
        eb.and([eb('done_at', '=', before.doneAt), eb('id', '<', before.id as OfflineMessageId)]),
      ]),
    )
  }
  if (text) {
    query = query.where((eb) =>
      eb.or(['name', 'email', 'offline_messages.text'].map((column) => contains(column, text))),
    )
  }
  return counted(
    await query.orderBy('done_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute(),
  )
}

/** One as a list shows it. */
export const offlineEntry = async (
  db: Db,
  reader: OfflineReader,
  id: OfflineMessageId,
): Promise<OfflineEntry | undefined> =>
  counted(await entries(db, reader).where('id', '=', id).execute())[0]

export const markOfflineRead = (tx: Tx, id: OfflineMessageId, at: Timestamp) =>
  tx
    .updateTable('offline_messages')
    .set({ read_at: at })
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .returning('id')
    .executeTakeFirst()

/** From whoever has it, if that is still so. */
export const takeOffline = (
  tx: Tx,
  id: OfflineMessageId,
  take: { from: AgentId | null; to: AgentId; at: Timestamp },
) =>
  tx
    .updateTable('offline_messages')
    .set((eb) => ({ agent_id: take.to, read_at: eb.fn.coalesce('read_at', eb.val(take.at)) }))
    .where('id', '=', id)
    .where((eb) =>
      take.from === null ? eb('agent_id', 'is', null) : eb('agent_id', '=', take.from),
    )
    .returning('id')
    .executeTakeFirst()

/** Done, or waiting again; nothing where it is so already. */
export const setOfflineDone = (
  tx: Tx,
  id: OfflineMessageId,
  done: { at: Timestamp; by: AgentId } | null,
) =>
  tx
    .updateTable('offline_messages')
    .set({ done_at: done?.at ?? null, done_by: done?.by ?? null })
    .where('id', '=', id)
    .where('done_at', done ? 'is' : 'is not', null)
    .returning('id')
    .executeTakeFirst()

export const insertOfflineAnswer = (tx: Tx, row: Insertable<Database['offline_answers']>) =>
  tx.insertInto('offline_answers').values(row).execute()

/** Oldest first, each with what became of its mail as long as that is kept. */
export const answersOf = (db: Db, id: OfflineMessageId) =>
  db
    .selectFrom('offline_answers')
    .leftJoin('mails', 'mails.id', 'offline_answers.mail_id')
    .select([
      'offline_answers.id',
      'offline_answers.agent_id',
      'offline_answers.text',
      'offline_answers.at',
      'mails.state',
      'mails.reason',
    ])
    .where('offline_answers.message_id', '=', id)
    .orderBy('offline_answers.id')
    .execute()

export const offlineSetting = (db: Db | Tx, departmentId: DepartmentId) =>
  db
    .selectFrom('offline_settings')
    .select(['address', 'mailed'])
    .where('department_id', '=', departmentId)
    .executeTakeFirst()

export const setOfflineSetting = (tx: Tx, row: Insertable<Database['offline_settings']>) =>
  tx
    .insertInto('offline_settings')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('department_id').doUpdateSet({ address: row.address, mailed: row.mailed }),
    )
    .execute()
