import { afterAll, beforeAll, describe, test } from 'vitest'
import { conformance } from '../../protocol/conformance/conformance.ts'
import { openTarget } from './conformance-target.ts'
import { runModel } from './conversations/model/model.ts'
import { openTempStore } from './conversations/temp-store.ts'
import { newDatabaseUrl } from './database.ts'
import { killInTheMiddle } from './kill-run.ts'
import { postgresPrograms } from './postgres-server.ts'

/*
 * The whole server on PostgreSQL, in short. All of its suites run there with
 * BECKON_TEST_DATABASE=postgres.
 */

describe.skipIf(!postgresPrograms)('on PostgreSQL', () => {
  describe('the protocol', () => {
    let target: Awaited<ReturnType<typeof openTarget>>
    beforeAll(async () => {
      target = await openTarget('postgres')
    }, 60_000)
    afterAll(() => target.close())
    conformance(() => target)
  })

  test('I1–I18 hold after every step of every history', { timeout: 240_000 }, async () => {
    const store = await openTempStore('postgres')
    try {
      await runModel(store, { runs: 100 })
    } finally {
      await store.close()
    }
  })

  test('R1 I18 killed in the middle of chats, nothing acknowledged is lost, doubled or reordered', {
    timeout: 120_000,
  }, async () => {
    const databaseUrl = await newDatabaseUrl('postgres')
    await killInTheMiddle({ chats: 8, kills: 2, databaseUrl })
  })
})
