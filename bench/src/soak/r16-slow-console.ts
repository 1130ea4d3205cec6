import { setTimeout as pause } from 'node:timers/promises'
import { CLOSE, EVERYONE, type Sort } from '@beckon/protocol'
import { comparedWithNewcomers, followTopics, toldAnew } from '../held-topics.ts'
import { type Histogram, histogram } from '../histogram.ts'
import { random } from '../random.ts'
import type { SimulatedAgent } from '../simulated-agent.ts'
import { createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { gather } from './readers.ts'
import { atMost, EVERYWHERE, ms, type Scenario, whole } from './scenario.ts'
import { until } from './wait.ts'

/** What the process may grow by besides: a heap that nobody collects at once. */
const GROWTH_MB = 40
const RIGHT_WITHIN = 2_000
/** Windows of the console that stands still, so that much is meant for it. */
const SORTS: readonly Sort[] = [
  { by: 'idle', dir: 'asc' },
  { by: 'hits', dir: 'desc' },
  { by: 'title', dir: 'asc' },
  { by: 'started', dir: 'desc' },
]
const STEP_MS = 100

export const r16: Scenario = {
  id: 'R16',
  title: 'a console that takes nothing',
  profiles: EVERYWHERE,
  within: { short: 120, full: 300 },
  async run({ profile, size }) {
    const [many, stillMs, perSecond] = size === 'full' ? [5_000, 60_000, 250] : [300, 6_000, 80]
    await using place = await openPlace({ profile })
    const ledger = createLedger()
    const faults: string[] = []
    const readers = await gather({ place, ledger, many, name: 'r', seed: 16 })
    const slow = await place.agent(0)
    const brisk = await place.agent(0)
    for (const sort of SORTS) {
      slow.watch<'window'>(
        { topic: 'window', filter: EVERYONE, sort, offset: 0, limit: 200 },
        () => {},
      )
    }
    const held = followTopics(slow)
    const others = followTopics(brisk)
    await held.ready()
    await others.ready()
    const chance = random(16)
    let over = false
    const walking = (async () => {
      while (!over) {
        for (let left = (perSecond * STEP_MS) / 1_000; left > 0; left--) chance.pick(readers).view()
        await pause(STEP_MS)
      }
    })()
    const before = await roundTrips(brisk, stillMs / 3)
    const memory = place.node(0).memory()
    slow.hold(true)
    const meanwhile = await roundTrips(brisk, stillMs)
    const grown = (place.node(0).memory() - memory) / 2 ** 20
    slow.hold(false)
    // Coalesced, or cut off; then it comes back and is given everything anew.
    await pause(500)
    const cut = slow.closed
    if (cut !== undefined && cut !== CLOSE.slow) faults.push(`cut with ${cut}`)
    over = true
    await walking
    await toldAnew(cut === undefined ? brisk : await place.agent(0))
    let rightAfter = 0
    if (cut === undefined) {
      rightAfter = await until('it holds what a newcomer is given', async () => {
        const { differences } = await comparedWithNewcomers(held, brisk)
        return differences.length === 0
      })
    }
    for (const page of readers) page.close()
    for (const agent of [slow, brisk]) agent.close()
    const [calm, busy] = [before.percentile(0.99), meanwhile.percentile(0.99)]
    return {
      figures: `${whole(many)} visitors, ${perSecond} pages/s, still for ${stillMs / 1_000} s: ${cut === undefined ? `its news put together, right again after ${ms(rightAfter)}` : 'cut off as slow'}; the process grew by ${Math.max(0, Math.round(grown))} MB; others' answers p99 ${ms(calm)} before, ${ms(busy)} meanwhile`,
      faults: [
        ...faults,
        ...atMost('growth', grown, GROWTH_MB, 'MB'),
        // Topics agree at once; totals come every 2 s.
        ...atMost('right again', rightAfter, 2 * RIGHT_WITHIN + 1_000),
        ...atMost("others' answers, p99", busy, Math.max(calm * 1.5, calm + 100)),
      ],
    }
  },
}

/** How long commands take that ask for nothing. */
async function roundTrips(agent: SimulatedAgent, forMs: number): Promise<Histogram> {
  const took = histogram()
  const end = performance.now() + forMs
  while (performance.now() < end) {
    const from = performance.now()
    await agent.ask({ type: 'availability.set', available: true })
    took.add(performance.now() - from)
    await pause(50)
  }
  return took
}
