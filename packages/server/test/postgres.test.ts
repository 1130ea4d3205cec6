import type { ChatId } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conformance } from '../../protocol/conformance/conformance.ts'
import { openTarget } from './conformance-target.ts'
import { runModel } from './conversations/model/model.ts'
import { openTempStore } from './conversations/temp-store.ts'
import { newDatabaseUrl, postgresServer } from './database.ts'
import { killInTheMiddle } from './kill-run.ts'
import { postgresPrograms } from './postgres-server.ts'
import { killWhileUpgrading } from './upgrade-run.ts'
import { granted, openWhole } from './whole.ts'

/*
 * The whole server on PostgreSQL, in short. All of its suites run there with
 * BECKON_TEST_DATABASE=postgres.
 */

describe.skipIf(!postgresPrograms)('on PostgreSQL', () => {
  describe('the protocol', () => {
    let target: Awaited<ReturnType<typeof openTarget>>
    beforeAll(async () => {
      target = await openTarget('postgres')
    }, 120_000)
    afterAll(() => target.close())
    conformance(() => target)
  })

  test('I1–I18 hold after every step of every history', { timeout: 240_000 }, async () => {
    const store = await openTempStore('postgres')
    try {
      await runModel(store, { runs: 60 })
    } finally {
      await store.close()
    }
  })

  test('R12 while the database is away nothing is acknowledged and /readyz says why; then all goes on', {
    timeout: 120_000,
  }, async () => {
    const server = await postgresServer()
    await using whole = await openWhole({ on: 'postgres' })
    const ready = async () => {
      const answer = await fetch(`${whole.app.url}/readyz`)
      return { status: answer.status, body: await answer.json() }
    }
    expect(await ready()).toEqual({ status: 200, body: { ok: true } })
    const cookie = await whole.signIn()
    const ada = await whole.agent(cookie)
    const kim = await whole.visitor()
    const first = granted(await kim.ask({ type: 'chat.start', text: 'Hello' }))
    const say = {
      type: 'message.send',
      id: 'said-while-away',
      chatId: first.chatId as ChatId,
      text: 'Still there?',
    } as const

    await server.kill()
    expect(await kim.ask(say)).toEqual({ refused: 'try_again' })
    expect(await ready()).toEqual({
      status: 503,
      body: { ok: false, reason: expect.stringContaining('The database does not answer') },
    })
    await server.start()
    await expect.poll(() => ready().then(({ status }) => status)).toBe(200)

    // The same connections, and the same message under the same id.
    expect(granted(await kim.ask(say))).toMatchObject({ seq: 2 })
    const chat = await ada.look({ topic: 'chat', chatId: first.chatId as ChatId })
    expect(granted(chat).messages.map(({ text }) => text)).toEqual(['Hello', 'Still there?'])
    whole.faults.length = 0
  })

  test('R1 I18 killed in the middle of chats, nothing acknowledged is lost, doubled or reordered', {
    timeout: 120_000,
  }, async () => {
    const databaseUrl = await newDatabaseUrl('postgres')
    await killInTheMiddle({ chats: 8, kills: 2, databaseUrl })
  })

  test('R23 killed while a filled database of the first version is brought up to date: nothing is lost, nothing there twice', async () => {
    const [old, fresh] = [await newDatabaseUrl('postgres'), await newDatabaseUrl('postgres')]
    await killWhileUpgrading({ old, fresh })
  })
})
