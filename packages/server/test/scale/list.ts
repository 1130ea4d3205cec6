/*
 * The list alone, without sockets and disk: many visits fed straight into it, a steady stream of
 * page views, and agents who all look at something else. Time is simulated and only its price in
 * CPU time is real, so the figures hold on a busy machine too. Run by `npm run bench`, which reads
 * the line of JSON at the end:
 *   node --import tsx packages/server/test/scale/list.ts --visits 200000 --changes 5000 --seconds 10
 */
import { parseArgs } from 'node:util'
import type { Condition, CountsState, Sort, VisitFilter, WindowState } from '@beckon/protocol'
import { applyEvent } from '../../../client/src/apply.ts'
import { createBanList } from '../../src/bans/ban-list.ts'
import { fakeGeo } from '../../src/geo/geo.ts'
import { createMemoryBus } from '../../src/realtime/memory-bus.ts'
import { fakeClock } from '../../src/time/fake-clock.ts'
import type { Line, Tab } from '../../src/visits/tab.ts'
import { createVisits } from '../../src/visits/visits.ts'
import { ADA, actorNamed, BRAND, CHROME, SHOP, siteNamed, standingDirectory } from '../floor.ts'

const { values: asked } = parseArgs({
  options: {
    visits: { type: 'string', default: '200000' },
    changes: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '10' },
    views: { type: 'string', default: '20' },
  },
})
const size = Number(asked.visits)
const perSecond = Number(asked.changes)
const seconds = Number(asked.seconds)

const COUNTRIES = ['NO', 'SE', 'DE', 'GB', 'FR', 'US', 'BR', 'IN', 'JP', 'CA']
const STOPS = ['bikes', 'pricing', 'cart', 'about', 'help', 'search', 'sale', 'delivery']

const only = (...conditions: Condition[]): VisitFilter => ({ match: 'all', conditions })
const FILTERS: readonly VisitFilter[] = [
  only(),
  only({ field: 'country', op: 'is', value: 'NO' }),
  only({ field: 'url', op: 'contains', value: '/pricing' }),
  only({ field: 'viewed', op: 'contains', value: 'cart' }),
  only({ field: 'hits', op: 'greater', value: '2' }),
  only({ field: 'duration', op: 'greater', value: '180' }),
  only({ field: 'idle', op: 'less', value: '10' }),
  only(
    { field: 'country', op: 'in', value: 'US, CA' },
    { field: 'title', op: 'contains', value: 'bikes' },
  ),
]
const SORTS: readonly Sort[] = [
  { by: 'idle', dir: 'asc' },
  { by: 'started', dir: 'desc' },
  { by: 'title', dir: 'asc' },
  { by: 'hits', dir: 'desc' },
  { by: 'country', dir: 'asc' },
]

const clock = fakeClock()
const nothing = async () => undefined
const visits = createVisits({
  store: { engine: 'sqlite', read: async () => [], commit: nothing, append: nothing } as never,
  directory: standingDirectory([siteNamed(SHOP, BRAND)]).directory,
  bus: createMemoryBus(),
  clock,
  settings: { graceSeconds: 10, idleMinutes: 15, removedSeconds: 60, keepWhileReading: true },
  geo: fakeGeo(
    Object.fromEntries(
      COUNTRIES.map((country, n) => [`203.0.113.${n}`, { country, lat: n, lon: n }]),
    ),
  ),
  bans: createBanList({ store: {} as never, clock }),
  log: { error: () => {} },
})
const line: Line = { id: 'line', ip: '203.0.113.1', send() {}, close() {} }
let pages = 0
const page = () => {
  pages += 1
  const stop = STOPS[pages % STOPS.length]
  return {
    id: `page-${String(pages).padStart(9, '0')}`,
    url: `http://localhost/${stop}/${pages % 977}`,
    title: `${stop} ${pages % 977}`,
  }
}

const memory = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
const before = memory()
const tabs: Tab[] = []
// They came over the last five minutes, not all in the same millisecond.
const PERIOD_MS = 300_000
const start = clock.now()
for (let n = 0; n < size; n++) {
  clock.set(start + Math.floor((n / size) * PERIOD_MS))
  const hello = { type: 'hello', v: 1, site: `key-${SHOP}`, privacy: 'returning' } as const
  const caller = {
    ip: `203.0.113.${n % COUNTRIES.length}`,
    origin: 'http://localhost',
    sameOrigin: false,
    userAgent: CHROME,
    acceptLanguage: 'en',
    privacyControl: false,
  }
  tabs.push(
    await visits.arrive(line, { ...hello, page: page(), visible: true, focused: true }, caller),
  )
}
await visits.flush()
const bytesPerVisit = (memory() - before) / size

await visits.start()
const actor = actorNamed(ADA, [BRAND])
let events = 0
const windows = await Promise.all(
  Array.from({ length: Number(asked.views) }, async (_, n) => {
    const params = {
      topic: 'window' as const,
      filter: FILTERS[n % FILTERS.length] as VisitFilter,
      sort: SORTS[n % SORTS.length] as Sort,
      offset: 0,
      limit: 100,
    }
    let state: WindowState | undefined
    const opened = await visits.topics.window.open(
      actor,
      params,
      {
        emit(event) {
          events += 1
          if (state) state = applyEvent('window', state, event)
        },
        lost() {},
      },
      undefined,
    )
    state = opened.state
    return { params, flush: () => opened.flush?.(), now: () => state }
  }),
)
let counts: CountsState | undefined
const counted = await visits.topics.counts.open(
  actor,
  { topic: 'counts' },
  { emit: (state) => (counts = state), lost() {} },
)

const STEP_MS = 5
let made = 0
/** Simulated time passes; gives the CPU milliseconds each step took, shortest first. */
async function pass(ms: number): Promise<number[]> {
  const steps: number[] = []
  for (let at = 0; at < ms; at += STEP_MS) {
    const cpu = process.cpuUsage()
    for (const end = made + (perSecond * STEP_MS) / 1_000; made < end; made++) {
      const tab = tabs[(made * 7_919) % size]
      if (tab) visits.page(tab, page())
    }
    clock.advance(STEP_MS)
    const { user, system } = process.cpuUsage(cpu)
    steps.push((user + system) / 1_000)
    // Batches for the database end as they do in the product; nothing is measured meanwhile but them.
    await new Promise(setImmediate)
  }
  return steps.sort((a, b) => a - b)
}
await pass(1_000)
const cpu = process.cpuUsage()
const steps = await pass(seconds * 1_000)
const used = process.cpuUsage(cpu)

// Exact, whatever the pace was: what the windows and totals say is what a look from the start finds.
await visits.flush()
counted.flush?.()
let wrong = counts && counts.online !== size ? 1 : 0
for (const { params, now } of windows) {
  const fresh = await visits.topics.window.open(actor, params, { emit() {}, lost() {} }, undefined)
  const state = now()
  if (state?.total !== fresh.state.total || `${state.order}` !== `${fresh.state.order}`) wrong += 1
  fresh.close()
}
await visits.stop()
process.stdout.write(
  `${JSON.stringify({
    visits: size,
    changesPerSecond: perSecond,
    views: windows.length,
    cores: (used.user + used.system) / 1e6 / seconds,
    stepP99: steps[Math.ceil(steps.length * 0.99) - 1],
    stepMax: steps.at(-1),
    events,
    wrong,
    bytesPerVisit,
  })}\n`,
)
process.exit(0)
