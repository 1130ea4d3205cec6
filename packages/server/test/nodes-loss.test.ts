import { setTimeout as pause } from 'node:timers/promises'
import type {
  AgentFrame,
  AgentServerFrame,
  ChatId,
  VisitId,
  VisitorFrame,
  VisitorHello,
  VisitorServerFrame,
  VisitRow,
} from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTcpProxy, type TcpProxy } from '../../../bench/src/soak/proxy.ts'
import { openChild } from './child.ts'
import { newDatabaseUrl } from './database.ts'
import { aPage, CHROME } from './floor.ts'
import { postgresPrograms } from './postgres-server.ts'
import { type RedisServer, redisServerProgram, startRedis } from './redis-server.ts'
import { OWNER } from './whole.ts'
import { wireTo } from './wire.ts'

/* Two processes that are killed, paused, and left without Redis: with real time and real signals. */

const SHOP = 'http://127.0.0.1:5999'

type Child = Awaited<ReturnType<typeof openChild>>

describe.skipIf(!postgresPrograms || !redisServerProgram)('two processes', () => {
  let redis: RedisServer
  /** Between the nodes and Redis. */
  let line: TcpProxy
  let nodes: [Child, Child]
  let siteKey: string
  let cookie: string

  beforeAll(async () => {
    redis = await startRedis()
    line = await openTcpProxy(Number(new URL(redis.url).port))
    const databaseUrl = await newDatabaseUrl('postgres')
    const redisUrl = `redis://127.0.0.1:${line.port}`
    const open = () =>
      openChild(SHOP, databaseUrl, { REDIS_URL: redisUrl, BECKON_GRACE_SECONDS: '3' })
    nodes = [await open(), await open()]
    cookie = await signIn(nodes[1])
    const answer = await fetch(`${nodes[1].base}/api/v1/sites`, { headers: { cookie } })
    const { items } = (await answer.json()) as { items: { kind: string; key: string }[] }
    siteKey = items.find(({ kind }) => kind === 'website')?.key ?? ''
  }, 120_000)
  afterAll(async () => {
    for (const node of nodes ?? []) await node[Symbol.asyncDispose]()
    await line?.close()
    await redis?.stop()
  })

  async function signIn(node: Child): Promise<string> {
    const answer = await fetch(`${node.base}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-beckon': '1' },
      body: JSON.stringify({ email: OWNER.email, password: OWNER.password }),
    })
    return answer.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ')
  }

  async function openConsole(node: Child) {
    const wire = wireTo<AgentFrame | { type: 'hello'; v: number }, AgentServerFrame>(
      `${node.base.replace('http', 'ws')}/ws/agent`,
      { origin: node.base, cookie },
    )
    wire.say({ type: 'hello', v: 1 })
    await wire.next('welcome')
    let subs = 0
    return {
      ...wire,
      async rows(): Promise<VisitRow[]> {
        const sub = ++subs
        wire.say({
          type: 'subscribe',
          sub,
          topic: {
            topic: 'window',
            filter: { match: 'all', conditions: [] },
            sort: { by: 'started', dir: 'asc' },
            offset: 0,
            limit: 100,
          },
        })
        const { state } = await wire.next('snapshot', (one) => one.sub === sub)
        wire.say({ type: 'unsubscribe', sub })
        return Object.values((state as { rows: Record<string, VisitRow> }).rows)
      },
    }
  }

  let addresses = 0
  async function visit(node: Child, from: Partial<VisitorHello> = {}) {
    const wire = wireTo<VisitorFrame | VisitorHello, VisitorServerFrame>(
      `${node.base.replace('http', 'ws')}/ws/visitor`,
      { origin: SHOP, 'user-agent': CHROME, 'x-forwarded-for': `203.0.113.${++addresses}` },
    )
    wire.say({
      type: 'hello',
      v: 1,
      site: siteKey,
      privacy: 'returning',
      page: aPage({ url: `${SHOP}/` }),
      visible: true,
      focused: true,
      ...from,
    })
    const welcome = await wire.next('welcome')
    return { ...wire, visitId: welcome.visit as VisitId }
  }

  const settle = (holds: () => Promise<boolean>) => expect.poll(holds, { interval: 100 }).toBe(true)

  test('R9 the visits of a node that was killed are pending within moments, none gone or doubled, and go on elsewhere', {
    timeout: 180_000,
  }, async () => {
    const [first, second] = nodes
    const ada = await openConsole(second)
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, n) => visit(first, { newToken: aToken(n) })),
    )
    const stays = await visit(second)
    const ids = people.map(({ visitId }) => visitId)
    await settle(async () => (await ada.rows()).length === 13)
    // Somebody has a page on the other node as well, and does not leave with the first.
    const both = await visit(second, { token: aToken(0), page: aPage() })
    expect(both.visitId).toBe(ids[0])

    const died = performance.now()
    await first.end('SIGKILL')
    const back = await visit(second, { token: aToken(1), page: aPage() })
    expect(back.visitId).toBe(ids[1])
    await settle(async () => {
      const rows = await ada.rows()
      return rows.filter(({ status }) => status === 'pending').length === 10
    })
    const took = performance.now() - died
    // On a machine that does nothing else it is 8 s: `npm run soak -- R9`.
    expect(took).toBeLessThan(20_000)
    const rows = await ada.rows()
    expect(rows.map(({ id }) => id).sort()).toEqual([...ids, stays.visitId].sort())
    for (const { id, status } of rows) {
      const alive = id === ids[0] || id === ids[1] || id === stays.visitId
      expect([id, status]).toEqual([id, alive ? 'active' : 'pending'])
    }
    await first.start()
    const mia = await openConsole(first)
    await settle(async () => (await mia.rows()).length === 13)
    for (const one of [both, back, stays, ada, mia]) await one.leave()
  })

  test('R10 a node that stood still acts on nothing that others have decided meanwhile', {
    timeout: 180_000,
  }, async () => {
    const [first, second] = nodes
    const ada = await openConsole(second)
    const kim = await visit(first, { newToken: aToken(100) })
    const lee = await visit(first, { newToken: aToken(101) })
    const rowOf = async (id: string, agent = ada) =>
      (await agent.rows()).find((row) => row.id === id)
    await settle(async () => (await rowOf(lee.visitId))?.status === 'active')
    first.freeze()
    await settle(async () => (await rowOf(kim.visitId))?.status === 'pending')
    // Kim has come back elsewhere; Lee is still in a page of the node that stands still.
    const again = await visit(second, { token: aToken(100), page: aPage({ title: 'Elsewhere' }) })
    expect(again.visitId).toBe(kim.visitId)
    first.goOn()
    await settle(async () => (await rowOf(lee.visitId))?.status === 'active')
    await kim.leave()
    await pause(4_000)
    expect(await rowOf(kim.visitId)).toMatchObject({
      status: 'active',
      title: 'Elsewhere',
      hits: 2,
    })
    const mia = await openConsole(first)
    expect(await rowOf(kim.visitId, mia)).toMatchObject({
      status: 'active',
      title: 'Elsewhere',
      hits: 2,
    })
    for (const one of [again, lee, ada, mia]) await one.leave()
  })

  test('R21 a node that stops sends its pages to others: the row stays, and it is gone within 10 s', {
    timeout: 120_000,
  }, async () => {
    const [first, second] = nodes
    const ada = await openConsole(second)
    const kim = await visit(first, { newToken: aToken(200) })
    const rowOf = async () => (await ada.rows()).find(({ id }) => id === kim.visitId)
    await settle(async () => (await rowOf())?.status === 'active')
    const seen = new Set<string | undefined>()
    let stopped = false
    const watching = (async () => {
      while (!stopped) {
        seen.add((await rowOf())?.status)
        await pause(50)
      }
    })()
    const began = performance.now()
    const ended = first.end('SIGTERM')
    expect((await kim.next('move')).withinMs).toBeLessThan(6_000)
    // As the script does: the new connection is there before the old one is closed.
    const moved = await visit(second, { token: aToken(200) })
    expect(moved.visitId).toBe(kim.visitId)
    await kim.leave()
    await ended
    expect(performance.now() - began).toBeLessThan(20_000)
    stopped = true
    await watching
    expect([...seen]).toEqual(['active'])
    await first.start()
    for (const one of [moved, ada]) await one.leave()
  })

  /** A visitor on the first node and an agent on the second, in a chat. */
  async function chatAcross() {
    const [first, second] = nodes
    const ada = await openConsole(second)
    const kim = await visit(first)
    const start = { type: 'chat.start', id: `chat-of-kim-${kim.visitId}`, text: 'Hello' } as const
    kim.say(start)
    const { chatId } = await kim.next('done', ({ id }) => id === start.id)
    kim.say({ type: 'chat.open', chatId: chatId as ChatId, after: 0 })
    await kim.next('chat.snapshot')
    ada.say({ type: 'chat.take', id: `taken-by-ada-${kim.visitId}`, chatId: chatId as ChatId })
    await ada.next('done')
    return {
      ada,
      kim,
      /** Milliseconds until Kim is told. */
      async say(n: number): Promise<number> {
        const id = `said-${n}-${kim.visitId}`
        const at = performance.now()
        ada.say({ type: 'message.send', id, chatId: chatId as ChatId, text: `Message ${n}` })
        await ada.next('done', (one) => one.id === id)
        await kim.next('chat.event', ({ event }) =>
          Boolean(event.messages?.some(({ text }) => text === `Message ${n}`)),
        )
        return performance.now() - at
      },
      told: () =>
        kim.heard
          .flatMap((one) =>
            one.type === 'chat.event' ? (one.event.messages ?? []).map(({ text }) => text) : [],
          )
          .filter((text) => text.startsWith('Message')),
    }
  }
  const ready = async () => (await fetch(`${nodes[0].base}/readyz`)).json()

  test('R11 with a Redis that takes 500 ms chats go on, newcomers are listed, and nobody counts as gone', {
    timeout: 120_000,
  }, async () => {
    const { ada, kim, say, told } = await chatAcross()
    line.delay(250)
    const lee = await visit(nodes[0], { newToken: aToken(300) })
    const seen = async () =>
      (await ada.rows()).filter(({ id }) => id === kim.visitId || id === lee.visitId)
    await settle(async () => (await seen()).length === 2)
    for (let n = 1; n < 5; n++) expect(await say(n)).toBeLessThan(10_000)
    expect(told()).toEqual(['Message 1', 'Message 2', 'Message 3', 'Message 4'])
    expect(await ready()).toEqual({ ok: true })
    for (const { asOf, status } of await seen()) {
      expect([status, asOf]).toEqual(['active', undefined])
    }
    line.delay(0)
    for (const one of [kim, lee, ada]) await one.leave()
  })

  test('R11 without Redis a chat goes on across nodes, /readyz says so, and it is well again by itself', {
    timeout: 180_000,
  }, async () => {
    const { ada, kim, say, told } = await chatAcross()
    const lee = await visit(nodes[0], { newToken: aToken(400) })
    const listsLee = async () => (await ada.rows()).some(({ id }) => id === lee.visitId)
    await settle(listsLee)
    await say(1)
    await redis.kill()
    await settle(async () => 'redis' in ((await ready()) as object))
    expect(await ready()).toMatchObject({ ok: true, redis: expect.stringContaining('Redis') })
    for (let n = 2; n < 5; n++) expect(await say(n)).toBeLessThan(10_000)
    // Kim's row stands still, and says so.
    const rowOfKim = async () => (await ada.rows()).find(({ id }) => id === kim.visitId)
    await settle(async () => (await rowOfKim())?.asOf !== undefined)
    // Lee does not want to be seen any more; nobody is left to hear of that.
    lee.say({ type: 'visit.hide' })
    await redis.start()
    await settle(async () => !('redis' in ((await ready()) as object)))
    expect(await say(5)).toBeLessThan(10_000)
    await settle(async () => {
      const row = await rowOfKim()
      return row?.status === 'active' && row.asOf === undefined
    })
    await settle(async () => !(await listsLee()))
    expect(told()).toEqual(['Message 1', 'Message 2', 'Message 3', 'Message 4', 'Message 5'])
    for (const one of [kim, lee, ada]) await one.leave()
  })
})

/** As a page's script makes one. */
const aToken = (n: number): string =>
  Array.from({ length: 8 }, (_, at) => 4_100_000_000 + n * 1_000 + at).join('-')
