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

/** What may be held for it, beside the pages that everybody goes on to view. */
const GROWTH_MB = 5
/** Of a socket that was ended at once: a ping was not answered. */
const ENDED = 1006
const PINGED_WITHIN_MS = 30_000
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
    await using place = await openPlace({ profile, inspected: true })
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
    const holds = async () => (await place.node(0).held()).bytes / 2 ** 20
    const first = await holds()
    // As long as it will stand still: the others' pages are held all the same.
    const before = await roundTrips(brisk, stillMs)
    const then = await holds()
    slow.hold(true)
    const meanwhile = await roundTrips(brisk, stillMs)
    const grown = (await holds()) - then - Math.max(0, then - first)
    slow.hold(false)
    // Coalesced, or cut off; then it comes back and is given everything anew.
    await pause(500)
    const cut = slow.closed
    const silent = cut === ENDED && stillMs >= PINGED_WITHIN_MS
    if (cut !== undefined && cut !== CLOSE.slow && !silent) faults.push(`cut with ${cut}`)
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
      figures: `${whole(many)} visitors, ${perSecond} pages/s, still for ${stillMs / 1_000} s: ${cut === undefined ? `its news put together, right again after ${ms(rightAfter)}` : `cut off as ${silent ? 'silent' : 'slow'}`}; ${Math.max(0, grown).toFixed(1)} MB held for it; others' answers p99 ${ms(calm)} before, ${ms(busy)} meanwhile`,
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
