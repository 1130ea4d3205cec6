import type { AgentId, ChatId, VisitorId } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RedisServer, redisServerProgram, startRedis } from '../../test/redis-server.ts'
import { silentLog } from '../log.ts'
import { seal } from '../nodes/envelope.ts'
import { createNodes } from '../nodes/nodes.ts'
import type { Announcement } from './bus.ts'
import { busLaws } from './bus-laws.ts'
import { createRedisBus } from './redis-bus.ts'

/* A real Redis, and three nodes in this process that know each other by nothing else. */

describe.skipIf(!redisServerProgram)('on Redis', () => {
  let redis: RedisServer
  let installations = 0
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  async function openNode(installation: string) {
    const faults: unknown[] = []
    const nodes = createNodes({ redisUrl: redis.url, installation, log: silentLog })
    let overflows = 0
    const bus = createRedisBus({
      carriage: nodes,
      fault: (error) => void faults.push(error),
      onOverflow: () => {
        overflows += 1
      },
    })
    // Words that need no row behind them are told as they are.
    bus.begin(async (words) => words as Announcement[])
    nodes.onGone((node) => bus.silence(node))
    await nodes.start(30_000)
    return {
      nodes,
      bus,
      faults,
      get overflows() {
        return overflows
      },
    }
  }

  async function openThree() {
    const installation = `law-${++installations}`
    const all = [
      await openNode(installation),
      await openNode(installation),
      await openNode(installation),
    ]
    const [first, ...others] = all
    if (!first) throw new Error('unreachable')
    await expect.poll(() => all.every(({ nodes }) => nodes.others.length === 2)).toBe(true)
    return {
      installation,
      all,
      bus: first.bus,
      elsewhere: others.map(({ bus }) => bus),
      /** Whatever was said before has been heard by everybody. */
      async settle() {
        for (let round = 0; round < 2; round++) {
          const before = all.map(({ nodes }) => nodes.figures.heard)
          for (const { nodes } of all) nodes.say({ type: 'beat' })
          await expect
            .poll(() => all.every(({ nodes }, at) => nodes.figures.heard >= (before[at] ?? 0) + 2))
            .toBe(true)
          for (const { bus } of all) await bus.settled()
        }
      },
      async close() {
        for (const { nodes } of all) await nodes.stop()
      },
    }
  }

  busLaws('the bus of several nodes', openThree)

  const listen = (bus: { subscribe(listener: (word: Announcement) => void): unknown }) => {
    const heard: Announcement[] = []
    bus.subscribe((word) => heard.push(word))
    return heard
  }
  const standing = (agentId: string): Announcement => ({
    type: 'standing',
    agentId: agentId as AgentId,
  })

  test('T37 T18 what no node of ours says is dropped and counted, and of another installation nothing is heard', async () => {
    const three = await openThree()
    const twin = await openNode('a-twin')
    const heard = [...three.all, twin].map(({ bus }) => listen(bus))
    const words = [
      { type: 'standing' },
      { type: 'standing', agentId: 7 },
      { type: 'standing', agentId: 'ada', more: true },
      { type: 'standing', agentId: '../../etc' },
      { type: 'constructor' },
      { type: '__proto__' },
      { type: 'message', chatId: 'c', visitorId: 'v', seq: 0 },
      { type: 'message', chatId: 'c', visitorId: 'v', seq: 1, message: { text: 'forged' } },
      { type: 'invitation', invitation: { text: 'forged' } },
      { type: 'revoked', agentId: 'ada', signInIds: [{}] },
      { type: 'attention', attention: { claims: 'many' } },
      { type: 'typing', chatId: 'c', visitorId: 'v', who: 'nobody', on: true },
    ]
    const texts = [
      'no JSON',
      '[]',
      '{}',
      'null',
      '['.repeat(50_000),
      '{"v":2,"node":"stranger","n":1,"said":[]}',
      '{"v":1,"node":"a node","n":1,"said":[]}',
      '{"v":1,"node":"stranger","n":0,"said":[]}',
      '{"v":1,"node":"stranger","n":1,"said":[1]}',
      `{"v":1,"node":"stranger","n":1,"said":[],"x":"${'x'.repeat(600_000)}"}`,
      ...words.map((word, n) => seal('stranger', n + 1, [JSON.stringify(word)])),
    ]
    await redis.ask(async (client) => {
      for (let round = 0; round < 50; round++) {
        for (const text of texts) await client.publish(`beckon:${three.installation}:said`, text)
      }
    })
    three.bus.publish(standing('ada'))
    await three.settle()
    expect(heard).toEqual([[standing('ada')], [standing('ada')], [standing('ada')], []])
    for (const { nodes, faults } of three.all) {
      const { refused } = nodes.figures
      expect(refused.envelope).toBe(50 * 10)
      expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(50 * texts.length)
      expect(faults).toEqual([])
    }
    await twin.nodes.stop()
    await three.close()
  })

  test('R11 without Redis nothing waits, and what is said when it is back is heard; everybody reads again', async () => {
    const three = await openThree()
    const [first, second] = three.all
    if (!first || !second) throw new Error('unreachable')
    const heard = listen(second.bus)
    const here = listen(first.bus)
    let reads = 0
    second.nodes.onRead(async () => {
      reads += 1
    })
    await redis.kill()
    await expect.poll(() => three.all.some(({ nodes }) => nodes.up)).toBe(false)
    expect(first.nodes.together).toBe(false)
    for (let n = 0; n < 1_000; n++) first.bus.publish(standing(`lost-${n}`))
    expect(here).toHaveLength(1_000)
    await redis.start()
    await expect.poll(() => three.all.every(({ nodes }) => nodes.together)).toBe(true)
    first.bus.publish(standing('back'))
    await expect.poll(() => heard).toEqual([standing('back')])
    expect(reads).toBeGreaterThan(0)
    await three.close()
  })

  test('T37 accounts of Redis are told by the URL, and a wrong password stops the start with a sentence', async () => {
    const guarded = await startRedis(
      [
        ...['--user', 'default', 'off'],
        ...['--user', 'admin', 'on', '>top', '~*', '&*', '+@all'],
        ...[
          '--user',
          'beckon',
          'on',
          '>secret',
          '~beckon:*',
          '&beckon:*',
          '+@all',
          '-@admin',
          '-@dangerous',
        ],
      ],
      'admin:top@',
    )
    const at = (account: string) => guarded.url.replace('://', `://${account}@`)
    const open = (account: string) =>
      createNodes({ redisUrl: at(account), installation: 'guarded', log: silentLog })
    const node = open('beckon:secret')
    await node.start(30_000)
    expect(node.together).toBe(true)
    await node.stop()
    const wrong = open('beckon:wrong')
    await expect(wrong.start(30_000)).rejects.toThrow(/^Redis refuses the name or password for 127/)
    await wrong.stop()
    await guarded.stop()
  })

  test('what a node that died was writing is over, and a goodbye is heard at once', async () => {
    const three = await openThree()
    const [first, second, third] = three.all
    if (!first || !second || !third) throw new Error('unreachable')
    const heard = listen(first.bus)
    const typing = {
      type: 'typing',
      chatId: 'chat' as ChatId,
      visitorId: 'kim' as VisitorId,
      who: 'agent',
    } as const
    second.bus.publish({ ...typing, on: true })
    await expect.poll(() => heard).toEqual([{ ...typing, on: true }])
    await second.nodes.stop()
    await expect.poll(() => heard.at(-1)).toEqual({ ...typing, on: false })
    expect(first.nodes.others).toEqual([third.nodes.name])
    await first.nodes.stop()
    await third.nodes.stop()
  })
})
