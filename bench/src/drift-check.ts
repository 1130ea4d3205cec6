import { setTimeout as pause } from 'node:timers/promises'
import type { PageTrail, SiteView } from '@beckon/protocol'
import { heapOf } from './heap.ts'
import { comparedWithNewcomers, followTopics, peopleOnMap } from './held-topics.ts'
import { OWNER, startProduct } from './product.ts'
import { type Rest, signIn, simulatedAgent } from './simulated-agent.ts'
import { trend } from './trend.ts'
import { type Walkers, walkers } from './walkers.ts'

export type DriftRow = {
  second: number
  visitors: number
  pageViews: number
  heapMb: number
  /** What did not agree; empty is good. */
  differences: string[]
}

/** How long everything may take to agree once nobody moves: grace, pace of frames, batches. */
const AGREE_MS = 25_000
/** Visits of which every page is compared with the database, a look. */
const TRAILS = 10
/** Heap may differ this much between looks without being growth. */
const SLACK_MB = 16

/**
 * A crowd for some minutes. From time to time everybody stands still for a moment, and what a
 * console holds since the start, what a newcomer is told, the figures, the database and what really
 * happened have to be the same.
 */
export async function drift(asked: {
  visitors: number
  seconds: number
  looks: number
  pageSeconds: number
  onRow?: (row: DriftRow) => void
}): Promise<{ rows: DriftRow[]; growthMb: number; steady: boolean; agrees: boolean }> {
  const origin = 'http://127.0.0.1:4101'
  const product = await startProduct(origin, {
    inspected: true,
    // Short, so that as many are forgotten as come and memory can be flat; but longer than a look.
    settings: { BECKON_IDLE_MINUTES: '2', BECKON_REMOVED_SECONDS: '5' },
  })
  const rows: DriftRow[] = []
  try {
    const rest = await signIn(product.base, OWNER.email, OWNER.password)
    const { items } = await rest.get<{ items: SiteView[] }>('/sites')
    const site = items.find(({ kind }) => kind === 'website')
    if (!site) throw new Error('the first run made no site')
    const agent = await simulatedAgent(product.base, rest.cookie)
    const console = followTopics(agent)
    const crowd = walkers({
      server: product.base.replace('http', 'ws'),
      site: { key: site.key, origin },
      size: asked.visitors,
      pageSeconds: asked.pageSeconds,
    })
    const from = performance.now()
    for (let look = 1; look <= asked.looks; look += 1) {
      const due = from + (asked.seconds * 1_000 * look) / asked.looks
      await pause(Math.max(0, due - performance.now()))
      crowd.hold(true)
      const differences = await settled(async () => {
        const { differences: found, newcomer } = await comparedWithNewcomers(console, agent)
        const { counts, map, window } = newcomer
        const equal = (what: string, one: number, other: number) => {
          if (one !== other) found.push(`${what}: ${one} ≠ ${other}`)
        }
        equal('active and on the site', counts.active, crowd.present().length)
        equal('online and on the map', counts.online, peopleOnMap(map))
        if (window.total < counts.online) equal('rows and online', window.total, counts.online)
        const taken = await product.metric('beckon_page_views_total')
        equal('page views told and made', taken, crowd.pageViews)
        equal(
          'page views stored and told',
          await product.metric('beckon_page_views_stored_total'),
          taken,
        )
        return found.concat(await wrongTrails(rest, crowd))
      })
      const row: DriftRow = {
        second: Math.round((performance.now() - from) / 1_000),
        visitors: crowd.present().length,
        pageViews: crowd.pageViews,
        heapMb: (await heapOf(product.inspectorPort)) / 2 ** 20,
        differences: differences.concat(
          crowd.troubles > 0 ? [`${crowd.troubles} visitors lost their connection`] : [],
        ),
      }
      rows.push(row)
      asked.onRow?.(row)
      crowd.hold(false)
    }
    await crowd.stop()
    console.stop()
    agent.close()
  } finally {
    await product.stop()
  }
  const growthMb = growth(rows.map(({ heapMb }) => heapMb))
  return {
    rows,
    growthMb,
    steady: growthMb <= SLACK_MB,
    agrees: rows.every(({ differences }) => differences.length === 0),
  }
}

/** Asks until there is no difference or no more patience. */
async function settled(ask: () => Promise<string[]>): Promise<string[]> {
  const until = performance.now() + AGREE_MS
  for (;;) {
    const differences = await ask()
    if (differences.length === 0 || performance.now() > until) return differences
    await pause(500)
  }
}

/** Some visits whose pages in the database are not those that were made. */
async function wrongTrails(rest: Rest, crowd: Walkers): Promise<string[]> {
  const wrong: string[] = []
  for (const { visitId, ledger } of crowd.present().slice(0, TRAILS)) {
    const { total } = await rest.get<PageTrail>(`/visits/${visitId}/pages`)
    if (total !== ledger.pageViews) wrong.push(`pages of a visit: ${total} ≠ ${ledger.pageViews}`)
  }
  return wrong
}

/** Of the second half, from its first look to its last, along the line through all of them. */
function growth(megabytes: readonly number[]): number {
  const half = megabytes.slice(Math.floor(megabytes.length / 2))
  return trend(half.map((y, x) => ({ x, y }))).slope * (half.length - 1)
}
