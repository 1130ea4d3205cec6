import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { systemClock } from '../../src/time/clock.ts'

/** The product's embedded store in a folder that goes with it. */
export async function openTempStore(): Promise<Store> {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-'))
  const store = await openStore({ dataDir, clock: systemClock })
  return {
    ...store,
    async close() {
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
