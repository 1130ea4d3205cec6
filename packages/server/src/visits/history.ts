import type { PageView } from '@beckon/protocol'
import type { Store, Tx } from '../store/store.ts'
import {
  type PageRecord,
  savePages,
  saveVisitors,
  saveVisits,
  updateVisits,
  type VisitorRecord,
  type VisitRecord,
  type VisitSummary,
} from '../store/visit-rows.ts'
import type { Clock } from '../time/clock.ts'
import { storedIp } from './address.ts'
import type { Visit, Visitor } from './live.ts'

const EVERY_MS = 500
const ROWS = 500
/** While the database is away this much is kept, then the oldest page views go and are counted. */
const KEPT_PAGES = 50_000

type PageChange = { visit: Visit; page: PageView }

export type History = {
  visitorChanged(visitor: Visitor): void
  visitChanged(visit: Visit): void
  pageChanged(visit: Visit, page: PageView): void
  /** Puts one visit and its visitor into somebody else's work. */
  upsert(tx: Tx, visit: Visit): Promise<void>
  flush(): Promise<void>
  readonly dropped: number
  readonly stored: number
  start(): void
  stop(): Promise<void>
}

/** Appends what visitors do to the database, behind the list and in batches: ≤ 1 s late. */
export function createHistory({
  store,
  clock,
  fault,
}: {
  store: Store
  clock: Clock
  fault(what: string, error: unknown): void
}): History {
  const visitors = new Set<Visitor>()
  const visits = new Set<Visit>()
  let pages: PageChange[] = []
  let dropped = 0
  let stored = 0
  let cancel = () => {}
  let running: Promise<void> | undefined

  async function writeAll(): Promise<void> {
    const { engine } = store
    const works: Promise<void>[] = []
    const write = <T>(
      items: readonly T[],
      work: (tx: Tx, part: readonly T[]) => Promise<void>,
      back: (part: readonly T[]) => void,
    ) => {
      for (let at = 0; at < items.length; at += ROWS) {
        const part = items.slice(at, at + ROWS)
        works.push(
          store
            .commit((tx) => work(tx, part))
            .catch((error: unknown) => {
              back(part)
              fault('visits could not be stored', error)
            }),
        )
      }
    }
    // Works run in the order they are queued, so a visitor is there before the visit, the visit before its pages.
    const people = [...visitors]
    const all = [...visits]
    const seen = pages
    visitors.clear()
    visits.clear()
    pages = []
    write(
      people,
      async (tx, part) => {
        await saveVisitors(engine, tx, part.map(visitorRecord))
        for (const visitor of part) visitor.saved = true
      },
      (part) => {
        for (const one of part) visitors.add(one)
      },
    )
    const fresh = all.filter((visit) => !visit.saved)
    const known = all.filter((visit) => visit.saved)
    write(
      fresh,
      async (tx, part) => {
        await saveVisits(engine, tx, part.map(visitRecord))
      },
      (part) => {
        for (const one of part) {
          one.saved = false
          visits.add(one)
        }
      },
    )
    for (const visit of fresh) visit.saved = true
    write(
      known,
      (tx, part) => updateVisits(engine, tx, part.map(summary)),
      (part) => {
        for (const one of part) visits.add(one)
      },
    )
    write(
      // Only PostgreSQL minds the same row twice in one statement.
      engine === 'sqlite' ? seen : lastOfEach(seen),
      async (tx, part) => {
        await savePages(engine, tx, part.map(pageRecord))
        stored += part.length
      },
      (part) => {
        pages = [...part, ...pages]
        if (pages.length > KEPT_PAGES) {
          dropped += pages.length - KEPT_PAGES
          pages = pages.slice(-KEPT_PAGES)
        }
      },
    )
    await Promise.all(works)
  }

  async function flush(): Promise<void> {
    // One at a time: a slow database gathers larger batches instead of more of them.
    while (running) await running
    if (visitors.size + visits.size + pages.length === 0) return
    running = writeAll().finally(() => {
      running = undefined
    })
    await running
  }

  return {
    visitorChanged: (visitor) => void visitors.add(visitor),
    visitChanged: (visit) => void visits.add(visit),
    pageChanged: (visit, page) => void pages.push({ visit, page }),
    async upsert(tx, visit) {
      await saveVisitors(store.engine, tx, [visitorRecord(visit.visitor)])
      await saveVisits(store.engine, tx, [visitRecord(visit)])
    },
    flush,
    get dropped() {
      return dropped
    },
    get stored() {
      return stored
    },
    start() {
      cancel = clock.every(EVERY_MS, () => {
        if (!running) void flush()
      })
    },
    async stop() {
      cancel()
      await flush()
    },
  }
}

/** A page that came and went within one batch is one row; two of them would meet in one statement. */
function lastOfEach(changes: readonly PageChange[]): PageChange[] {
  const byPage = new Map<string, PageChange>()
  for (const change of changes) byPage.set(`${change.visit.id} ${change.page.id}`, change)
  return byPage.size === changes.length ? (changes as PageChange[]) : [...byPage.values()]
}

const visitorRecord = (visitor: Visitor): VisitorRecord => ({
  id: visitor.id,
  brand_id: visitor.brandId,
  token_hash: visitor.tokenHash ?? null,
  display_name: visitor.displayName ?? null,
  username: visitor.username ?? null,
  email: visitor.email ?? null,
  attributes: JSON.stringify(visitor.attributes),
  visits: visitor.visitCount,
  first_seen_at: visitor.firstSeenAt,
  last_seen_at: visitor.visits.reduce(
    (latest, visit) => Math.max(latest, visit.seenAt),
    visitor.firstSeenAt,
  ),
})

function summary(visit: Visit): VisitSummary {
  const { row, state, place } = visit
  const ended = !visit.open
  return {
    id: visit.id,
    navigated_at: row.navigatedAt,
    seen_at: visit.seenAt,
    ended_at: ended ? visit.seenAt : null,
    end_reason: ended ? (state.status === 'removed' ? state.reason : (row.reason ?? 'idle')) : null,
    hits: row.hits,
    url: row.url,
    title: row.title,
    country: row.country ?? null,
    region: row.region ?? null,
    city: row.city ?? null,
    lat: place?.lat ?? null,
    lon: place?.lon ?? null,
  }
}

const visitRecord = (visit: Visit): VisitRecord => ({
  ...summary(visit),
  visitor_id: visit.visitorId,
  site_id: visit.siteId,
  brand_id: visit.brandId,
  visit_number: visit.row.visitNumber,
  started_at: visit.row.startedAt,
  landing_url: visit.row.landingUrl,
  referrer: visit.row.referrer ?? null,
  search_phrase: visit.row.searchPhrase ?? null,
  campaign: visit.campaign ?? null,
  language: visit.row.language ?? null,
  browser: visit.row.browser ?? null,
  os: visit.row.os ?? null,
  device: visit.row.device ?? null,
  time_zone: visit.timeZone ?? null,
  screen: visit.screen ?? null,
  ip: visit.privacy === 'presence' ? null : storedIp(visit.row.ip, visit.site.ipMode),
  bot: visit.row.bot ? 1 : 0,
})

const pageRecord = ({ visit, page }: PageChange): PageRecord => ({
  visit_id: visit.id,
  page_id: page.id,
  at: page.at,
  url: page.url,
  title: page.title,
  left_at: page.stayed === undefined ? null : page.at + page.stayed,
})
