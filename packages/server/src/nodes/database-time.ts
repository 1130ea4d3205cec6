import { sql } from 'kysely'
import type { Store } from '../store/store.ts'

/** What time it is for the database, which all nodes share. PostgreSQL only. */
export async function databaseTime(store: Store): Promise<number> {
  const { rows } = await store.read((db) =>
    sql<{ now: number }>`select extract(epoch from clock_timestamp()) * 1000 as now`.execute(db),
  )
  return Number(rows[0]?.now)
}
