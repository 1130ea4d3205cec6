import type { VisitRow } from '@beckon/protocol'
import type { Directory, Site } from '../directory/directory.ts'
import { placeKey } from '../geo/geo.ts'
import type { Store } from '../store/store.ts'
import {
  endForgotten,
  type PageRecord,
  pagesOf,
  unendedVisits,
  type VisitRecord,
  visitorsById,
} from '../store/visit-rows.ts'
import type { Clock } from '../time/clock.ts'
import { identityOf } from './identity.ts'
import { Visit } from './live.ts'
import { emailOf, nameOf, type Visitor, visitorFrom } from './live-visitor.ts'
import { searchEngine } from './referrer.ts'
import type { Roster } from './roster.ts'
import { Trail } from './trail.ts'
import type { Limits } from './visit.ts'

const TOGETHER = 500

/**
 * The list after a start (DESIGN §4): visits within the idle limit, and those with an open
 * invitation or chat, wait as pending for their browsers to come back; the rest have ended.
 */
export async function rebuild({
  store,
  clock,
  directory,
  roster,
  limits,
}: {
  store: Store
  clock: Clock
  directory: Directory
  roster: Roster
  limits: Limits
}): Promise<void> {
  const now = clock.now()
  const records = await store.read((db) => unendedVisits(db, now - limits.idleMs))
  await store.commit((tx) => endForgotten(tx, now - limits.idleMs))
  for (let at = 0; at < records.length; at += TOGETHER) {
    const part = records.slice(at, at + TOGETHER)
    const people = await store.read((db) =>
      visitorsById(
        db,
        part.map(({ visitor_id }) => visitor_id),
      ),
    )
    const pages = await store.read((db) =>
      pagesOf(
        db,
        part.map(({ id }) => id),
      ),
    )
    const recordsById = new Map(people.map((person) => [person.id, person]))
    const pagesByVisit = new Map<string, PageRecord[]>()
    for (const page of pages) {
      const list = pagesByVisit.get(page.visit_id)
      if (list) list.push(page)
      else pagesByVisit.set(page.visit_id, [page])
    }
    for (const record of part) {
      // Going on at another node.
      if (roster.visits.has(record.id)) continue
      const site = directory.now.sites.get(record.site_id)
      const person = recordsById.get(record.visitor_id)
      // A site deleted meanwhile has no visits any more.
      if (!site || !person) continue
      const known = roster.register.visitors.get(record.visitor_id)
      const visitor = known ?? visitorFrom(person)
      if (!known) roster.register.add(visitor)
      const visit = visitFrom(record, { visitor, site, since: now })
      visit.trail = new Trail((pagesByVisit.get(record.id) ?? []).map(pageFrom))
      roster.add(visit)
      roster.changed(visit)
    }
  }
}

/** A visit as it is stored. */
export function visitFrom(
  record: VisitRecord,
  { visitor, site, since }: { visitor: Visitor; site: Site; since: number },
): Visit {
  const ip = record.ip ?? undefined
  const row: VisitRow = {
    id: record.id,
    visitorId: visitor.id,
    siteId: site.id,
    status: 'pending',
    reason: 'restart',
    who: identityOf({ ...nameOf(visitor), ip }),
    email: emailOf(visitor),
    visitNumber: Number(record.visit_number),
    title: record.title,
    url: record.url,
    referrer: record.referrer ?? undefined,
    searchPhrase: record.search_phrase ?? undefined,
    campaign: record.campaign ?? undefined,
    landingUrl: record.landing_url,
    country: record.country ?? undefined,
    region: record.region ?? undefined,
    city: record.city ?? undefined,
    language: record.language ?? undefined,
    browser: record.browser ?? undefined,
    os: record.os ?? undefined,
    device: (record.device ?? undefined) as VisitRow['device'],
    ip,
    hostname: undefined,
    startedAt: Number(record.started_at),
    navigatedAt: Number(record.navigated_at),
    hits: Number(record.hits),
    bot: record.bot === 1,
    invitation: undefined,
    chat: undefined,
    tags: undefined,
    previousChats: undefined,
    goneAt: undefined,
  }
  const visit = new Visit({
    row,
    visitor,
    site,
    privacy: visitor.tokenHash ? site.privacy : 'presence',
    state: { status: 'pending', reason: 'restart', since },
  })
  const { country, region, city } = row
  const [lat, lon] = [record.lat ?? undefined, record.lon ?? undefined]
  if (country || lat !== undefined) {
    visit.place = { country, region, city, lat, lon, key: placeKey(lat, lon) }
  }
  visit.engine = searchEngine(row.referrer)
  visit.timeZone = record.time_zone ?? undefined
  visit.screen = record.screen ?? undefined
  visit.saved = true
  return visit
}

const pageFrom = (record: PageRecord) => ({
  id: record.page_id,
  at: Number(record.at),
  url: record.url,
  title: record.title,
  ...(record.left_at === null ? {} : { stayed: Number(record.left_at) - Number(record.at) }),
})
