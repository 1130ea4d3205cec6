import Database from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import type { Database as Tables } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import type { Store, Tx } from '../../src/store/store.ts'

/**
 * A store without a disk and without a thread, for the mutation runs: works one after the other in
 * one connection. It shows no work before its end because reads stand in the same line.
 */
export async function openMemoryStore(now: () => number): Promise<Store> {
  const database = new Database(':memory:')
  database.pragma('foreign_keys = ON')
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  let tail: Promise<unknown> = Promise.resolve()
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work)
    tail = result.catch(() => {})
    return result
  }
  const store: Store = {
    engine: 'sqlite',
    read: (query) => inLine(() => query(db)),
    commit: (work) =>
      inLine(async () => {
        await sql`begin`.execute(db)
        try {
          const result = await work(db as Kysely<Tables> as Tx)
          await sql`commit`.execute(db)
          return result
        } catch (error) {
          await sql`rollback`.execute(db)
          throw error
        }
      }),
    append: (statements) => inLine(() => statements(db)),
    check: async () => {},
    close: () => db.destroy(),
  }
  await migrate(store.commit, now)
  return store
}
