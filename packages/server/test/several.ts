import { fakeClock } from '../src/time/fake-clock.ts'
import { newDatabaseUrl } from './database.ts'
import { startRedis } from './redis-server.ts'
import { openWhole, type Whole } from './whole.ts'

/*
 * Several nodes of the whole product in this process, on one PostgreSQL and one Redis, both real,
 * and one clock that stands still. What goes from node to node goes by real time.
 */

export type Several = Awaited<ReturnType<typeof openSeveral>>

export async function openSeveral(many = 2) {
  const redis = await startRedis()
  const databaseUrl = (await newDatabaseUrl('postgres')) ?? ''
  const clock = fakeClock()
  const nodes: Whole[] = []
  const among = { databaseUrl, redisUrl: redis.url, clock }
  for (let node = 0; node < many; node++) {
    nodes.push(await openWhole({ among: { ...among, node } }))
  }
  const node = (at: number): Whole => {
    const found = nodes[at]
    if (!found) throw new Error(`There is no node ${at}.`)
    return found
  }
  return {
    redis,
    databaseUrl,
    clock,
    nodes,
    node,
    /** Joins as one more. */
    async another(): Promise<Whole> {
      const whole = await openWhole({ among: { ...among, node: nodes.length } })
      nodes.push(whole)
      return whole
    },
    async [Symbol.asyncDispose]() {
      for (const whole of nodes) await whole[Symbol.asyncDispose]()
      await redis.stop()
    },
  }
}
