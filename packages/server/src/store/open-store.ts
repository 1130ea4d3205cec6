import type { Clock } from '../time/clock.ts'
import type { OnCommit } from './group-commit.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'
import type { Store } from './store.ts'

/** Opens the database, brings its tables to this version, and asserts that commits are durable. */
export async function openStore(deps: {
  dataDir: string
  databaseUrl?: string | undefined
  clock: Clock
  onCommit?: OnCommit
}): Promise<Store> {
  const { dataDir, databaseUrl, clock, onCommit } = deps
  if (databaseUrl !== undefined) {
    throw new Error(
      'DATABASE_URL is set, but this version of Beckon has only its embedded database. Remove the setting to start.',
    )
  }
  return openSqlite({ dataDir, now: clock.now, onCommit })
}
