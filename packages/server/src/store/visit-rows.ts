import type { Timestamp, VisitId } from '@beckon/protocol'
import { CompiledQuery, type Selectable } from 'kysely'
import type { Database } from './database.ts'
import type { Db, Store, Tx } from './store.ts'

/*
 * Visitors, visits and page views in bulk. Thousands of rows a second pass here, so a batch travels
 * as one JSON parameter and is taken apart by the database: building a statement with thousands of
 * parameters would cost the main thread more than everything else about a page view.
 */

type Engine = Store['engine']
type Kind = 'text' | 'int' | 'real'
type Columns<T> = { readonly [K in keyof T]-?: Kind }
export type PersonRecord = Selectable<Database['persons']>
export type VisitorRecord = Selectable<Database['visitors']>
/** With who it is, where that is verified. */
export type KnownVisitor = VisitorRecord & { person: PersonRecord | undefined }
export type VisitRecord = Selectable<Database['visits']>
export type PageRecord = Selectable<Database['page_views']>
/** What changes while a visit goes on. */
export type VisitSummary = Pick<
  VisitRecord,
  | 'id'
  | 'navigated_at'
  | 'seen_at'
  | 'ended_at'
  | 'end_reason'
  | 'hits'
  | 'url'
  | 'title'
  | 'country'
  | 'region'
  | 'city'
  | 'lat'
  | 'lon'
>

const VISITOR: Columns<VisitorRecord> = {
  id: 'text',
  brand_id: 'text',
  token_hash: 'text',
  display_name: 'text',
  username: 'text',
  email: 'text',
  attributes: 'text',
  visits: 'int',
  first_seen_at: 'int',
  last_seen_at: 'int',
  person_id: 'text',
}
const PERSON: Columns<PersonRecord> = {
  id: 'text',
  brand_id: 'text',
  subject: 'text',
  display_name: 'text',
  username: 'text',
  email: 'text',
  verified_at: 'int',
}
const VISIT: Columns<VisitRecord> = {
  id: 'text',
  visitor_id: 'text',
  site_id: 'text',
  brand_id: 'text',
  visit_number: 'int',
  started_at: 'int',
  navigated_at: 'int',
  seen_at: 'int',
  ended_at: 'int',
  end_reason: 'text',
  hits: 'int',
  landing_url: 'text',
  url: 'text',
  title: 'text',
  referrer: 'text',
  search_phrase: 'text',
  campaign: 'text',
  country: 'text',
  region: 'text',
  city: 'text',
  lat: 'real',
  lon: 'real',
  language: 'text',
  browser: 'text',
  os: 'text',
  device: 'text',
  time_zone: 'text',
  screen: 'text',
  ip: 'text',
  bot: 'int',
}
const PAGE: Columns<PageRecord> = {
  visit_id: 'text',
  page_id: 'text',
  at: 'int',
  url: 'text',
  title: 'text',
  left_at: 'int',
}
const SUMMARY: Columns<VisitSummary> = {
  id: 'text',
  navigated_at: 'int',
  seen_at: 'int',
  ended_at: 'int',
  end_reason: 'text',
  hits: 'int',
  url: 'text',
  title: 'text',
  country: 'text',
  region: 'text',
  city: 'text',
  lat: 'real',
  lon: 'real',
}

export const saveVisitors = (engine: Engine, db: Db, rows: readonly VisitorRecord[]) =>
  run(db, upsert(engine, 'visitors', VISITOR, ['id']), VISITOR, rows)

export const savePersons = (engine: Engine, db: Db, rows: readonly PersonRecord[]) =>
  run(db, upsert(engine, 'persons', PERSON, ['id']), PERSON, rows)

export const saveVisits = (engine: Engine, db: Db, rows: readonly VisitRecord[]) =>
  run(db, upsert(engine, 'visits', VISIT, ['id']), VISIT, rows)

export const savePages = (engine: Engine, db: Db, rows: readonly PageRecord[]) =>
  run(db, upsert(engine, 'page_views', PAGE, ['visit_id', 'page_id']), PAGE, rows)

export const updateVisits = (engine: Engine, db: Db, rows: readonly VisitSummary[]) =>
  run(db, update(engine, 'visits', SUMMARY), SUMMARY, rows)

/** A visitor and a visit, where nobody has written them yet: another node knows them better. */
export async function keepVisit(
  engine: Engine,
  db: Db,
  { visitor, visit }: { visitor: VisitorRecord; visit: VisitRecord },
): Promise<void> {
  await run(db, insert(engine, 'visitors', VISITOR), VISITOR, [visitor])
  await run(db, insert(engine, 'visits', VISIT), VISIT, [visit])
}

/** Visitors of these tokens, for hellos that came together. */
export const visitorsByToken = async (db: Db, hashes: readonly string[]): Promise<KnownVisitor[]> =>
  withPersons(
    db,
    await db.selectFrom('visitors').selectAll().where('token_hash', 'in', hashes).execute(),
  )

async function withPersons(db: Db, visitors: readonly VisitorRecord[]): Promise<KnownVisitor[]> {
  const ids = visitors.flatMap(({ person_id }) => person_id ?? [])
  const persons =
    ids.length === 0
      ? []
      : await db.selectFrom('persons').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(persons.map((person) => [person.id, person]))
  return visitors.map((visitor) => ({
    ...visitor,
    person: visitor.person_id === null ? undefined : byId.get(visitor.person_id),
  }))
}

/** Visits with an open invitation or chat, which may be idle for as long as those are open. */
const heldVisits = (db: Db | Tx) =>
  db
    .selectFrom('invitations')
    .select('visit_id as id')
    // What is open has a deadline, and an index of those. “Union all”: nobody has to sort them.
    .where('deadline', '>', 0)
    .unionAll(
      db.selectFrom('chats').select('visit_id as id').where('state', 'in', ['queued', 'active']),
    )

/** Visits that may still be going on: navigated since, or with an open invitation or chat. */
export const unendedVisits = (db: Db, since: Timestamp): Promise<VisitRecord[]> =>
  db
    .selectFrom('visits')
    .selectAll()
    .where('ended_at', 'is', null)
    // One list, not two conditions with “or”: so that each half follows its index.
    .where(
      'id',
      'in',
      heldVisits(db).unionAll(
        db.selectFrom('visits').select('id').where('navigated_at', '>', since),
      ),
    )
    .orderBy('started_at')
    .execute()

export const visitorsById = async (db: Db, ids: readonly string[]): Promise<KnownVisitor[]> =>
  withPersons(
    db,
    await db
      .selectFrom('visitors')
      .selectAll()
      .where('id', 'in', ids as never)
      .execute(),
  )

/** Pages of these visits, oldest first. */
export const pagesOf = (db: Db, visitIds: readonly VisitId[]): Promise<PageRecord[]> =>
  db
    .selectFrom('page_views')
    .selectAll()
    .where('visit_id', 'in', visitIds)
    .orderBy('at')
    .orderBy('page_id')
    .execute()

/** Closes the books on visits a stopped server left open. */
export const endForgotten = async (tx: Tx, before: Timestamp): Promise<void> => {
  await tx
    .updateTable('visits')
    .set((eb) => ({ ended_at: eb.ref('seen_at'), end_reason: 'idle' }))
    .where('ended_at', 'is', null)
    .where('navigated_at', '<=', before)
    .where('id', 'not in', heldVisits(tx))
    .execute()
}

/** When each site was last visited, as far as is kept. */
export const lastHits = (db: Db) =>
  db
    .selectFrom('sites')
    .select(({ selectFrom }) => [
      'sites.id as site_id',
      // One step into the index for each, however many visits there were.
      selectFrom('visits')
        .select(({ fn }) => fn.max('visits.navigated_at').as('at'))
        .whereRef('visits.site_id', '=', 'sites.id')
        .as('at'),
    ])
    .execute()

async function run<T>(
  db: Db,
  text: string,
  columns: Columns<T>,
  rows: readonly T[],
): Promise<void> {
  if (rows.length === 0) return
  const names = Object.keys(columns) as (keyof T)[]
  const cells = rows.map((row) => names.map((name) => row[name]))
  let batch = JSON.stringify(cells)
  if (UNSTORABLE.test(batch)) batch = JSON.stringify(cells, (_name, value) => storable(value))
  await db.executeQuery(CompiledQuery.raw(text, [batch]))
}

/** NUL and halves of surrogate pairs, which a URL can bring and PostgreSQL refuses with the whole batch. */
const UNSTORABLE = /\\u(0000|d[89a-f])/

const storable = (value: unknown): unknown =>
  typeof value === 'string' ? Buffer.from(value.replaceAll('\0', '')).toString() : value

function upsert<T>(engine: Engine, table: string, columns: Columns<T>, key: string[]): string {
  const names = Object.keys(columns)
  const changed = names
    .filter((name) => !key.includes(name))
    .map((name) => `${name} = excluded.${name}`)
  return `${from(engine, table, columns)} on conflict (${key.join(', ')}) do update set ${changed.join(', ')}`
}

const insert = <T>(engine: Engine, table: string, columns: Columns<T>): string =>
  `${from(engine, table, columns)} on conflict do nothing`

const from = <T>(engine: Engine, table: string, columns: Columns<T>): string =>
  `insert into ${table} (${Object.keys(columns).join(', ')}) ` +
  `select ${fields(engine, columns).join(', ')} from ${batchFrom(engine)} where true`

function update<T>(engine: Engine, table: string, columns: Columns<T>): string {
  const names = Object.keys(columns)
  const cells = fields(engine, columns).map((field, i) => `${field} as ${names[i]}`)
  const changed = names.slice(1).map((name) => `${name} = fresh.${name}`)
  return (
    `update ${table} set ${changed.join(', ')} from (select ${cells.join(', ')} from ${batchFrom(engine)}) ` +
    `as fresh where ${table}.id = fresh.id`
  )
}

const batchFrom = (engine: Engine): string =>
  engine === 'sqlite' ? 'json_each(?) as batch' : 'jsonb_array_elements($1::jsonb) as batch(value)'

const CASTS: Record<Kind, string> = { text: 'text', int: 'bigint', real: 'double precision' }

const fields = <T>(engine: Engine, columns: Columns<T>): string[] =>
  Object.values<Kind>(columns).map((kind, i) =>
    engine === 'sqlite'
      ? `json_extract(batch.value, '$[${i}]')`
      : `(batch.value ->> ${i})::${CASTS[kind]}`,
  )

/** What the visitor's browser said of itself. */
export const browserOfVisit = (db: Db | Tx, id: VisitId) =>
  db.selectFrom('visits').select(['time_zone', 'language']).where('id', '=', id).executeTakeFirst()
