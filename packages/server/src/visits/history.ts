import type { PageView } from '@beckon/protocol'
import type { Db, Store, Tx } from '../store/store.ts'
import { isTaken } from '../store/taken.ts'
import {
  keepVisit,
  type PageRecord,
  type PersonRecord,
  savePages,
  savePersons,
  saveVisitors,
  saveVisits,
  updateVisits,
  type VisitorRecord,
  type VisitRecord,
  type VisitSummary,
  visitorsByToken,
} from '../store/visit-rows.ts'
import type { Clock } from '../time/clock.ts'
import { storedIp } from './address.ts'
import type { Visit } from './live.ts'
import type { Visitor } from './live-visitor.ts'
import { createUnsavedPages, type PageChange } from './unsaved-pages.ts'

const EVERY_MS = 500
/** Of one statement: a batch travels as one parameter. A commit may have to wait for one of them. */
const ROWS = 500
/** With the database away or behind this much is kept, then the oldest page views go and are counted. */
const KEPT_PAGES = 50_000

/** One statement; what follows its commit; and how its rows wait again when there was none. */
type Statement = {
  run(db: Db): Promise<void>
  done?(): void
  back(): void
  /** Something of it was taken: it goes without that the next time. */
  mend?(): Promise<void>
}

export type History = {
  visitorChanged(visitor: Visitor): void
  visitChanged(visit: Visit): void
  /** A page view that is new, or one that has changed since. */
  pageChanged(visit: Visit, page: PageView, fresh?: 'fresh'): void
  /** Puts one visit and its visitor into somebody else's work. */
  upsert(tx: Tx, visit: Visit): Promise<void>
  flush(): Promise<void>
  /** Page views: given up, stored, and not stored yet. */
  readonly dropped: number
  readonly stored: number
  readonly waiting: number
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
  const pages = createUnsavedPages()
  let dropped = 0
  let stored = 0
  let sending = 0
  let cancel = () => {}
  let running: Promise<void> | undefined

  /** In this order a visitor is there before the visit, the visit before its pages. */
  function statements(): Statement[] {
    const { engine } = store
    const people = [...visitors].filter(({ erased }) => !erased)
    const all = [...visits].filter(({ visitor }) => !visitor.erased)
    const fresh = all.filter((visit) => !visit.saved)
    const known = all.filter((visit) => visit.saved)
    visitors.clear()
    visits.clear()
    dropped += pages.dropOldest(KEPT_PAGES)
    pages.drop(({ visitor }) => visitor.erased)
    sending = pages.size
    for (const visit of fresh) visit.saved = true
    return [
      ...inParts(personsOf(people), (part) => ({
        run: (db) => savePersons(engine, db, part),
        // Said again by each of their visitors, who wait as well.
        back() {},
      })),
      ...inParts(people, (part) => ({
        run: (db) => saveVisitors(engine, db, part.map(visitorRecord)),
        done() {
          for (const visitor of part) visitor.saved = true
        },
        back() {
          for (const visitor of part) visitors.add(visitor)
        },
        // Two nodes that could not hear each other gave one browser two names: the first keeps it.
        async mend() {
          const hashes = part.flatMap(({ tokenHash }) => tokenHash ?? [])
          const holders = await store.read((db) => visitorsByToken(db, hashes))
          const held = new Map(holders.map(({ id, token_hash }) => [token_hash, id]))
          for (const visitor of part) {
            const holder = visitor.tokenHash && held.get(visitor.tokenHash)
            if (holder && holder !== visitor.id) visitor.tokenHash = undefined
          }
        },
      })),
      ...inParts(fresh, (part) => ({
        run: (db) => saveVisits(engine, db, part.map(visitRecord)),
        back() {
          for (const visit of part) {
            visit.saved = false
            visits.add(visit)
          }
        },
      })),
      ...inParts(known, (part) => ({
        run: (db) => updateVisits(engine, db, part.map(summary)),
        back() {
          for (const visit of part) visits.add(visit)
        },
      })),
      ...inParts(pages.take(), (part) => ({
        run: (db) => savePages(engine, db, part.map(pageRecord)),
        done() {
          for (const { fresh } of part) if (fresh) stored += 1
          sending -= part.length
        },
        back() {
          pages.back(part)
          sending -= part.length
        },
      })),
    ]
  }

  /** None waits for the one before: under load each wait would cost a whole turn of the event loop. */
  async function writeAll(): Promise<void> {
    const lost = await Promise.all(statements().map(write))
    const error = lost.find(Boolean)
    if (error) fault('visits could not be stored', error)
  }

  /** Gives the error, if there was one. */
  async function write({ run, done, back, mend }: Statement): Promise<unknown> {
    try {
      await store.append(run)
      done?.()
    } catch (error) {
      const mended =
        isTaken(error) &&
        (await mend?.().then(
          () => true,
          () => false,
        ))
      back()
      return mended ? undefined : error
    }
  }

  async function flush(): Promise<void> {
    // One at a time: a slow database gathers larger batches instead of more of them.
    while (running) await running
    if (visitors.size + visits.size + pages.size === 0) return
    running = writeAll().finally(() => {
      running = undefined
    })
    await running
  }

  return {
    visitorChanged: (visitor) => void visitors.add(visitor),
    visitChanged: (visit) => void visits.add(visit),
    pageChanged: pages.changed,
    async upsert(tx, visit) {
      if (visit.elsewhere) {
        const visitor = visitorRecord({ ...visit.visitor, person: undefined } as Visitor)
        return keepVisit(store.engine, tx, { visitor, visit: visitRecord(visit) })
      }
      await savePersons(store.engine, tx, personsOf([visit.visitor]))
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
    get waiting() {
      return pages.size + sending
    },
    start() {
      cancel = clock.every(EVERY_MS, () => {
        if (!running) return void flush()
        // A database that is slow, not away, must not fill the memory either.
        dropped += pages.dropOldest(KEPT_PAGES)
      })
    },
    async stop() {
      cancel()
      await flush()
    },
  }
}

function inParts<T>(
  items: readonly T[],
  statement: (part: readonly T[]) => Statement,
): Statement[] {
  const parts: Statement[] = []
  for (let at = 0; at < items.length; at += ROWS) parts.push(statement(items.slice(at, at + ROWS)))
  return parts
}

/** Each once, as signed last: one statement writes no row twice. */
function personsOf(visitors: readonly Visitor[]): PersonRecord[] {
  const byId = new Map<string, PersonRecord>()
  for (const { person, brandId } of visitors) {
    if (!person || (byId.get(person.id)?.verified_at ?? 0) > person.at) continue
    byId.set(person.id, {
      id: person.id,
      brand_id: brandId,
      subject: person.subject,
      display_name: person.name ?? null,
      username: person.username ?? null,
      email: person.email ?? null,
      verified_at: person.at,
    })
  }
  return [...byId.values()]
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
  person_id: visitor.person?.id ?? null,
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
