import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { systemClock } from '../../src/time/clock.ts'
import { newDatabaseUrl, type TestDatabase } from '../database.ts'

/** The product's store, the embedded one in a folder that goes with it. */
export async function openTempStore(on?: TestDatabase, databaseUrl?: string): Promise<Store> {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-'))
  const store = await openStore({
    dataDir,
    databaseUrl: databaseUrl ?? (await newDatabaseUrl(on)),
    clock: systemClock,
  })
  return {
    ...store,
    async close() {
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
