import type { PageView, SiteId, VisitId, VisitRow } from '@beckon/protocol'
import type { GeoPlace } from '../geo/geo.ts'
import { NO_HITS, NO_TABS } from './live.ts'
import { NO_ATTRIBUTES, type Visitor } from './live-visitor.ts'
import type { SharedTabs, SharedVisit } from './shared-visit.ts'
import { FarTab } from './tab.ts'
import { ACTIVE, type VisitState } from './visit.ts'

/** So many are compared with; then it begins anew. */
const KEPT = 2_048
const LONGEST = 300

function createSame<T>() {
  const known = new Map<string, T>()
  return (key: string, told: T): T => {
    const same = known.get(key)
    if (same !== undefined) return same
    if (known.size === KEPT) known.clear()
    known.set(key, told)
    return told
  }
}

/**
 * Makes of what a node has told of a visit what is kept of it here. Every node keeps all visits of
 * all nodes, and what is read from JSON is a copy each time: pages, cities and browsers that many
 * visits tell of, each of them in several places, are kept once, and all rows have one shape.
 */
export function createUnpacking() {
  const texts = createSame<string>()
  const places = createSame<GeoPlace>()
  const hits = createSame<Readonly<Record<string, number>>>()

  const text = <T extends string | undefined>(told: T): T =>
    told === undefined || told.length > LONGEST ? told : (texts(told, told) as T)

  return {
    row({ id, row, state }: SharedVisit, visitor: Visitor, siteId: SiteId): VisitRow {
      const { who } = row
      const made: VisitRow = {
        id: id as VisitId,
        visitorId: visitor.id,
        siteId,
        status: state.status,
        reason: state.status === 'active' ? undefined : state.reason,
        who: { ...who, text: text(who.text) },
        email: row.email,
        visitNumber: row.visitNumber,
        title: text(row.title),
        url: text(row.url),
        referrer: text(row.referrer),
        searchPhrase: text(row.searchPhrase),
        campaign: text(row.campaign),
        landingUrl: text(row.landingUrl),
        country: text(row.country),
        region: text(row.region),
        city: text(row.city),
        language: text(row.language),
        browser: text(row.browser),
        os: text(row.os),
        device: text(row.device),
        ip: text(row.ip),
        hostname: row.hostname,
        startedAt: row.startedAt,
        navigatedAt: row.navigatedAt,
        hits: row.hits,
        bot: row.bot,
        invitation: visitor.invitation,
        chat: visitor.chat,
        tags: row.tags,
        previousChats: row.previousChats,
        goneAt: state.status === 'removed' ? state.goneAt : undefined,
      }
      if (row.test !== undefined) made.test = row.test
      return made
    },
    pages: (told: SharedTabs['pages']): PageView[] =>
      told.map((page) => ({
        ...(page as PageView),
        id: text(page.id),
        url: text(page.url),
        title: text(page.title),
      })),
    tabs: (node: string, siteId: SiteId, told: SharedTabs['tabs']): readonly FarTab[] =>
      told.length === 0
        ? NO_TABS
        : told.map(
            (tab) =>
              new FarTab(text(node), siteId, {
                ...tab,
                connectionId: tab.id,
                pageId: text(tab.pageId),
                url: text(tab.url),
                title: text(tab.title),
              }),
          ),
    /** As each other node has counted them: the highest that was heard. */
    hits(before: Readonly<Record<string, number>>, told: Readonly<Record<string, number>>) {
      const all: Record<string, number> = { ...before }
      for (const [node, count] of Object.entries(told)) {
        all[node] = Math.max(all[node] ?? 0, count)
      }
      const nodes = Object.keys(all)
      if (nodes.length === 0) return NO_HITS
      return nodes.length > 1 ? all : hits(`${nodes[0]} ${all[nodes[0] ?? '']}`, all)
    },
    place: (told: SharedVisit['place']): GeoPlace | undefined =>
      told && places(JSON.stringify(told), told as GeoPlace),
    attributes: (told: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
      Object.keys(told).length === 0 ? NO_ATTRIBUTES : told,
    state: ({ state }: SharedVisit): VisitState =>
      state.status === 'active' && state.lostAt === undefined ? ACTIVE : (state as VisitState),
    text,
  }
}
