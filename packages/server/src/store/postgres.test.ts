import { afterAll, beforeAll, describe } from 'vitest'
import { type PostgresServer, postgresPrograms, startPostgres } from '../../test/postgres-server.ts'
import { systemClock } from '../time/clock.ts'
import { openStore } from './open-store.ts'
import { storeLaws } from './store-laws.ts'

const open = (databaseUrl: string) => openStore({ dataDir: '', databaseUrl, clock: systemClock })

describe.skipIf(!postgresPrograms)('PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  // One database for all: making one takes longer than most tests.
  let databaseUrl: string
  beforeAll(async () => {
    databaseUrl = await server.database()
  })

  storeLaws('PostgreSQL', async () => {
    let store = await open(databaseUrl)
    return {
      store,
      async reopen() {
        await store.close()
        store = await open(databaseUrl)
        return store
      },
      async remove() {
        await store.close()
        await server.empty(databaseUrl)
      },
    }
  })
})
