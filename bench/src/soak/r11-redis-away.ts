import { setTimeout as pause } from 'node:timers/promises'
import { type Histogram, histogram } from '../histogram.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { atMost, ms, type Scenario, seconds, whole } from './scenario.ts'
import { speak, takeChats } from './talk.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

const PAGES = 4
/** Across nodes, while the database is asked every 2 s and answers in its own time. */
const POLLED_WITHIN = 2_500
/** Across nodes with Redis: far from any poll. */
const RUNG_WITHIN = 500
const WELL_WITHIN = 5_000

export const r11: Scenario = {
  id: 'R11',
  title: 'Redis is away, comes back empty, is slow, is full',
  profiles: ['two nodes'],
  within: { short: 150, full: 900 },
  async run({ profile, size }) {
    const [outages, forMs, chats] = size === 'full' ? [3, 60_000, 30] : [1, 6_000, 10]
    await using place = await openPlace({ profile })
    const { redis, lines } = place
    if (!redis || !lines.redis) throw new Error('there is no Redis')
    const ledger = createLedger()
    const here = await place.agent(0)
    const there = await place.agent(1)
    const writers = openWriters({ place, ledger, many: chats })
    // Chats of pages on the first node, with agents on the same and on the other one.
    const near = openWriters({
      place,
      ledger,
      many: PAGES,
      messages: 1,
      name: 'n',
      seed: 11,
      server: () => place.node(0).base,
    })
    const far = openWriters({
      place,
      ledger,
      many: PAGES,
      messages: 1,
      name: 'f',
      seed: 12,
      server: () => place.node(0).base,
    })
    await Promise.all([writers.begun(), near.begun(), far.begun()])
    await takeChats(here, near.pages)
    await takeChats(there, far.pages)
    const well = async () =>
      (await Promise.all(place.nodes.map((node) => node.ready()))).every(
        (ready) => !('redis' in ready),
      )
    const both = async (times: number, into: { near: Histogram; far: Histogram }) => {
      const [same, other] = await Promise.all([
        speak(here, { pages: near.pages, ledger, times }),
        speak(there, { pages: far.pages, ledger, times }),
      ])
      into.near.add(same.percentile(0.95))
      into.far.add(other.percentile(0.95))
    }
    const without = { near: histogram(), far: histogram() }
    const slow = { near: histogram(), far: histogram() }
    const full = { near: histogram(), far: histogram() }
    const back = histogram()
    let meanwhile = 0

    for (let outage = 0; outage < outages; outage++) {
      await redis.kill()
      await until('it is noticed', async () => !(await well()))
      const before = ledger.acknowledged.size
      const end = performance.now() + forMs
      await both(1, without)
      await pause(Math.max(0, end - performance.now()))
      meanwhile += ledger.acknowledged.size - before
      await redis.start()
      const from = performance.now()
      await until('all nodes are well', well)
      for (;;) {
        const took = await speak(there, { pages: far.pages.slice(0, 1), ledger, times: 1 })
        if (took.percentile(1) <= RUNG_WITHIN) break
      }
      back.add(performance.now() - from)
    }
    lines.redis.delay(250)
    await both(2, slow)
    lines.redis.delay(0)
    const memory = (most: string) => redis.ask((client) => client.configSet('maxmemory', most))
    await memory('1')
    await both(1, full)
    await memory('0')
    await until('all nodes are well', well)

    await writers.settle()
    for (const some of [writers, near, far]) some.close()
    for (const agent of [here, there]) agent.close()
    const worst = ({ near: same, far: other }: typeof without) =>
      `${ms(same.percentile(1))} / ${ms(other.percentile(1))}`
    return {
      figures: `${outages} × ${forMs / 1_000} s, ${whole(meanwhile)} messages acknowledged meanwhile; agent → visitor on the same / the other node, p95: without Redis ${worst(without)}, 500 ms slow ${worst(slow)}, out of memory ${worst(full)}; at full speed ${seconds(back.percentile(1))} after its return`,
      faults: [
        ...(meanwhile > 0 ? [] : ['nothing was acknowledged meanwhile']),
        ...atMost('same node, without', without.near.percentile(1), RUNG_WITHIN),
        ...atMost('other node, without', without.far.percentile(1), POLLED_WITHIN),
        ...atMost('other node, slow', slow.far.percentile(1), POLLED_WITHIN),
        ...atMost('other node, full', full.far.percentile(1), POLLED_WITHIN),
        ...atMost('full speed again', back.percentile(1), WELL_WITHIN),
        ...(await compare((sql) => place.read(sql), ledger)),
      ],
    }
  },
}
