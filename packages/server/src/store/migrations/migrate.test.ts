import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Tx } from '../store.ts'
import { MIGRATIONS, migrate } from './migrate.ts'

/* Steps one by one, on tables that hold something. */

/** Steps that are killed in the middle: who upgrades meets the newest. */
const NEWEST = 3

type Column = { name: string; type: string; notnull: number; dflt_value: unknown }

let file: Database.Database
let db: Kysely<never>
/** The statement that fails, counted from now; 0: none does. */
let failAt = 0

beforeEach(() => {
  file = new Database(':memory:')
  // Rows are made up one by one: what they point to is not there.
  file.pragma('foreign_keys = OFF')
  file.function('fold', (text) => String(text).toLowerCase())
  db = new Kysely<never>({
    dialect: new SqliteDialect({ database: file }),
    plugins: [{ transformQuery: ({ node }) => node, transformResult }],
  })
})
afterEach(() => db.destroy())

async function transformResult<T>({ result }: { result: T }): Promise<T> {
  if (failAt > 0 && --failAt === 0) throw new Error('killed')
  return result
}

const commit = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().execute((tx) => work(tx as unknown as Tx))

const upTo = (many: number) => migrate(commit, () => 1, MIGRATIONS.slice(0, many))
/** Not those of the full-text index, which keep themselves. */
const tables = () =>
  (
    file
      .prepare("select name from pragma_table_list where schema = 'main' and type = 'table'")
      .all() as { name: string }[]
  )
    .map(({ name }) => name)
    .filter((name) => name !== 'migrations' && !name.startsWith('sqlite_'))
const columnsOf = (table: string) =>
  file.prepare(`select * from pragma_table_info('${table}')`).all() as Column[]
const everything = () => [
  file.prepare('select sql from sqlite_master order by name').all(),
  tables().map((table) => file.prepare(`select * from "${table}"`).all()),
]

/** As the version that knew only these columns writes a row. */
function write(table: string, columns: readonly Column[]): void {
  const names = columns.map(({ name }) => `"${name}"`)
  const values = columns.map(({ name, type }) =>
    type.toUpperCase() === 'TEXT' ? `${name}-${Math.random()}` : Math.floor(Math.random() * 1e9),
  )
  file
    .prepare(`insert into "${table}" (${names}) values (${names.map(() => '?')})`)
    .run(...(values as string[]))
}

test('R23 after each step the version before goes on writing to the tables it knows', async () => {
  await upTo(1)
  for (let at = 1; at < MIGRATIONS.length; at++) {
    const known = tables().map((table) => [table, columnsOf(table)] as const)
    await upTo(at + 1)
    for (const [table, columns] of known) write(table, columns)
  }
})

test.each(MIGRATIONS.slice(-NEWEST).map(({ name }, n) => [name, MIGRATIONS.length - NEWEST + n]))(
  'R23 killed after any statement of %s it was never begun; then it is made, with every row kept',
  async (_name, at) => {
    await upTo(Number(at))
    const known = tables()
    for (const table of known) write(table, columnsOf(table))
    const before = everything()
    const killedAfter = async (n: number): Promise<boolean> => {
      failAt = n
      return upTo(Number(at) + 1).then(
        () => false,
        () => true,
      )
    }
    for (let n = 1; await killedAfter(n); n++) expect(everything()).toEqual(before)
    failAt = 0
    for (const table of known) {
      expect(file.prepare(`select count(*) as n from "${table}"`).get()).toEqual({ n: 1 })
    }
  },
)

test('C7 what was unread before it was counted along is counted', async () => {
  await upTo(MIGRATIONS.findIndex(({ name }) => name === '0027-unread-messages'))
  write('chats', columnsOf('chats'))
  file.exec("update chats set id = 'chat', agent_seen = 2")
  for (const [seq, sender] of ['visitor', 'agent', 'visitor', 'system', 'visitor'].entries()) {
    write('messages', columnsOf('messages'))
    file.exec(`update messages set chat_id = 'chat', seq = ${seq + 1}, sender = '${sender}'
      where chat_id <> 'chat'`)
  }
  await upTo(MIGRATIONS.length)
  expect(file.prepare('select unread from chats').get()).toEqual({ unread: 2 })
})
