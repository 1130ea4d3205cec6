import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from './start-worker.ts'
import type { Lane } from './wire.ts'

/** Kysely over the worker: one dialect for each lane. */
export const sqliteDialect = (connection: DatabaseConnection): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => driverOf(connection),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

export const connectionTo = (database: Database, lane: Lane): DatabaseConnection => ({
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = await database.ask(lane, sql, parameters)
    return {
      rows: rows as R[],
      ...(changes !== undefined && { numAffectedRows: BigInt(changes) }),
    }
  },
  // biome-ignore lint/correctness/useYield: nothing to give
  async *streamQuery() {
    throw new Error('Streaming is not offered: ask for a page of rows at a time.')
  },
})

/** Transactions belong to the group commit; here is nothing but the connection. */
function driverOf(connection: DatabaseConnection): Driver {
  const refuse = async () => {
    throw new Error('Change the database inside store.commit only.')
  }
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => {},
  }
}
