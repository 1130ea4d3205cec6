import { silentLog } from '../log.ts'
import type { Clock } from '../time/clock.ts'
import type { OnCommit } from './group-commit.ts'
import type { LaneLog } from './postgres/lane.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'
import type { Store } from './store.ts'

/** Opens the database, brings its tables to this version, and asserts that commits are durable. */
export async function openStore(deps: {
  dataDir: string
  databaseUrl?: string | undefined
  clock: Clock
  onCommit?: OnCommit
  /** Whether other processes may use the same PostgreSQL database. */
  onlyNode?: boolean
  log?: LaneLog
}): Promise<Store> {
  const { dataDir, databaseUrl, clock, onCommit, onlyNode = true, log = silentLog } = deps
  if (databaseUrl !== undefined) {
    const { openPostgres } = await import('./postgres/open-postgres.ts')
    return openPostgres({ databaseUrl, now: clock.now, onCommit, onlyNode, log })
  }
  return openSqlite({ dataDir, now: clock.now, onCommit })
}
