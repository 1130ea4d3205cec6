import type { BrandId, Timestamp } from '@beckon/protocol'
import type { Selectable } from 'kysely'
import { newId } from '../ids.ts'
import type { Database } from './database.ts'
import type { Db, Tx } from './store.ts'

export type EventRecord = Selectable<Database['events']>

/** Who did it: an agent's or visitor's id, or nobody for what time and settings do. */
export type EventActor =
  | { kind: 'agent'; id: string }
  | { kind: 'visitor'; id: string }
  | { kind: 'system' }

/** One row of the event log, in the transaction of the change it tells of. */
export const insertEvent = (
  tx: Tx,
  event: {
    type: string
    at: Timestamp
    brandId: BrandId | null
    subjectId: string
    by: EventActor
    data?: Record<string, unknown>
  },
) =>
  tx
    .insertInto('events')
    .values({
      id: newId(),
      at: event.at,
      type: event.type,
      brand_id: event.brandId,
      subject_id: event.subjectId,
      actor_kind: event.by.kind,
      actor_id: event.by.kind === 'system' ? null : event.by.id,
      data: JSON.stringify(event.data ?? {}),
    })
    .execute()

/** How often something was done to a subject by this kind of person. */
export async function countEvents(
  tx: Tx,
  subjectId: string,
  type: string,
  by: EventActor['kind'],
): Promise<number> {
  const { count } = await tx
    .selectFrom('events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('subject_id', '=', subjectId)
    .where('type', '=', type)
    .where('actor_kind', '=', by)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The data of a subject's first event of a type. */
export async function eventData(
  tx: Tx,
  subjectId: string,
  type: string,
): Promise<Record<string, unknown> | undefined> {
  const row = await tx
    .selectFrom('events')
    .select('data')
    .where('subject_id', '=', subjectId)
    .where('type', '=', type)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row && (JSON.parse(row.data) as Record<string, unknown>)
}

/** All that happened to a subject, in order. */
export const eventsOf = (db: Db, subjectId: string): Promise<EventRecord[]> =>
  db
    .selectFrom('events')
    .selectAll()
    .where('subject_id', '=', subjectId)
    .orderBy('at')
    .orderBy('id')
    .execute()
