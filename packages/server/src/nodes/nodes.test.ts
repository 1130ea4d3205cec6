import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RedisServer, redisServerProgram, startRedis } from '../../test/redis-server.ts'
import { silentLog } from '../log.ts'
import { createNodes } from './nodes.ts'

describe.skipIf(!redisServerProgram)('nodes on a real Redis', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const open = (installation: string) =>
    createNodes({ redisUrl: redis.url, installation, log: silentLog })

  test('R9 a node that reads what others have put down for long is here all the while', async () => {
    const first = open('slow')
    await first.start(30_000)
    const second = open('slow')
    let read = () => {}
    const reading = new Promise<void>((resolve) => {
      read = resolve
    })
    second.onRead(() => reading)
    await second.start(0)
    const leaseMs = () => redis.ask((client) => client.pTTL(`${second.prefix}node:${second.name}`))
    await expect.poll(leaseMs).toBeGreaterThan(0)
    // Renewed: it has more time than before.
    let before = await leaseMs()
    const renewed = async () => {
      const now = await leaseMs()
      const more = now > before
      before = now
      return more
    }
    await expect.poll(renewed, { timeout: 10_000 }).toBe(true)
    await expect.poll(renewed, { timeout: 10_000 }).toBe(true)
    expect(first.others).toEqual([second.name])
    expect(second.together).toBe(false)
    expect(second.figures.frozen).toBe(0)
    read()
    await expect.poll(() => second.together).toBe(true)
    await second.stop()
    await first.stop()
  })

  test('R11 a node lets the others read what it has put down', async () => {
    const first = open('read')
    const second = open('read')
    const reads: string[] = []
    second.onRead(async (names) => void reads.push(...names))
    await first.start(30_000)
    await second.start(30_000)
    await expect.poll(() => second.others).toEqual([first.name])
    const before = reads.length
    first.letRead()
    await expect.poll(() => reads.slice(before)).toContain(first.name)
    await second.stop()
    await first.stop()
  })
})
