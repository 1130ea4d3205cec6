import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'
import { openStore } from '../store/open-store.ts'
import { placeOf } from '../store/postgres/address.ts'
import { connect, settingsFor } from '../store/postgres/client.ts'
import type { Store } from '../store/store.ts'
import { systemClock } from '../time/clock.ts'

const ROWS = 500

type Table = { name: string; columns: readonly string[]; key: readonly string[] }
type Row = Record<string, unknown>

export type Moved = { table: string; rows: number; checksum: string }

/**
 * Everything in the embedded database into an empty PostgreSQL one, in one transaction, and only
 * if afterwards every table there has the same rows: counted, and by the checksum of all they hold.
 * The embedded database stays as it was.
 */
export async function move(dataDir: string, databaseUrl: string): Promise<Moved[]> {
  const from = await openStore({ dataDir, clock: systemClock })
  try {
    // Makes the tables; nobody else may use either of them meanwhile.
    const to = await openStore({ dataDir, databaseUrl, clock: systemClock })
    try {
      const client = await connect(
        { databaseUrl, name: 'beckon move', unlimited: true },
        settingsFor({ lockMs: 0, statementMs: 0 }),
      )
      try {
        return await moveAll(from, client, databaseUrl)
      } finally {
        await client.end()
      }
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

async function moveAll(from: Store, to: pg.Client, databaseUrl: string): Promise<Moved[]> {
  const tables = await tablesOf(from)
  await to.query('set idle_in_transaction_session_timeout = 0')
  await to.query('begin')
  try {
    for (const { name } of tables) await mustBeEmpty(to, name, databaseUrl)
    const moved: Moved[] = []
    for (const table of tables) moved.push(await moveTable(from, to, table))
    await to.query('commit')
    return moved
  } catch (error) {
    await to.query('rollback').catch(() => {})
    throw error
  }
}

async function moveTable(from: Store, to: pg.Client, table: Table): Promise<Moved> {
  const before = createHash('sha256')
  let rows = 0
  for await (const batch of batches(table, (text) => readRows(from, text))) {
    for (const row of batch) before.update(lineOf(table, row))
    rows += batch.length
    await to.query(
      `insert into ${quoted(table.name)} select * from jsonb_populate_recordset(null::${quoted(table.name)}, $1::jsonb)`,
      [JSON.stringify(batch)],
    )
  }
  const after = createHash('sha256')
  let found = 0
  const read = async (text: string) => (await to.query(text)).rows as Row[]
  for await (const batch of batches(table, read)) {
    for (const row of batch) after.update(lineOf(table, row))
    found += batch.length
  }
  const checksum = before.digest('hex')
  if (found !== rows || after.digest('hex') !== checksum) {
    throw new Error(
      `${table.name} is not the same afterwards (${rows} rows here, ${found} there), so nothing was moved.`,
    )
  }
  return { table: table.name, rows, checksum }
}

/** Both engines compare texts by their bytes, so both give the same order. */
async function* batches(
  { name, columns, key }: Table,
  read: (text: string) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  const all = columns.map(quoted).join(', ')
  const order = (key.length > 0 ? key : columns).map(quoted).join(', ')
  for (let at = 0; ; at += ROWS) {
    const rows = await read(
      `select ${all} from ${quoted(name)} order by ${order} limit ${ROWS} offset ${at}`,
    )
    if (rows.length > 0) yield rows
    if (rows.length < ROWS) return
  }
}

const lineOf = ({ columns }: Table, row: Row): string =>
  `${JSON.stringify(columns.map((column) => row[column] ?? null))}\n`

const readRows = async (store: Store, text: string): Promise<Row[]> =>
  (await store.read((db) => sql.raw<Row>(text).execute(db))).rows

/** In an order in which a row comes after those it points to. */
async function tablesOf(store: Store): Promise<Table[]> {
  const found = await readRows(
    store,
    "select name, sql like 'create virtual%' as made from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'migrations' order by name",
  )
  // An index of letters stands in tables of its own, which its text makes anew.
  const indexes = found.filter(({ made }) => made).map(({ name }) => `${name}_`)
  const names = found
    .map(({ name }) => String(name))
    .filter((name) => !indexes.some((index) => name.startsWith(index)))
  const pointsTo = new Map<string, string[]>()
  for (const name of names) {
    const keys = await readRows(
      store,
      `select "table" as target from pragma_foreign_key_list('${name}')`,
    )
    pointsTo.set(
      name,
      keys.map(({ target }) => String(target)).filter((other) => other !== name),
    )
  }
  const ordered: string[] = []
  while (ordered.length < names.length) {
    const next = names.filter(
      (name) =>
        !ordered.includes(name) && pointsTo.get(name)?.every((other) => ordered.includes(other)),
    )
    if (next.length === 0) throw new Error('The tables point to each other in a circle.')
    ordered.push(...next)
  }
  return Promise.all(ordered.map((name) => tableOf(store, name)))
}

async function tableOf(store: Store, name: string): Promise<Table> {
  const columns = await readRows(store, `select name, pk from pragma_table_info('${name}')`)
  const isIndex = columns.every(({ name }) => name === 'text')
  if (isIndex) return { name, columns: ['rowid', 'text'], key: ['rowid'] }
  return {
    name,
    columns: columns.map((column) => String(column.name)),
    key: columns
      .filter(({ pk }) => Number(pk) > 0)
      .sort((a, b) => Number(a.pk) - Number(b.pk))
      .map((column) => String(column.name)),
  }
}

async function mustBeEmpty(to: pg.Client, name: string, databaseUrl: string): Promise<void> {
  const { rows } = await to.query(`select 1 from ${quoted(name)} limit 1`)
  if (rows.length === 0) return
  throw new Error(
    `${placeOf(databaseUrl)} holds data already (in ${name}). Name an empty database.`,
  )
}

const quoted = (name: string): string => `"${name}"`
