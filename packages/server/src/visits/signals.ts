import type {
  AgentId,
  IdentityKeyId,
  IdentityProblem,
  PageView,
  SiteId,
  SiteSignals,
  Timestamp,
} from '@beckon/protocol'
import type { Directory } from '../directory/directory.ts'
import type { Store } from '../store/store.ts'
import { lastHits } from '../store/visit-rows.ts'
import type { Clock } from '../time/clock.ts'
import type { Visit } from './live.ts'
import { originAllowed } from './origin.ts'
import { createSeenLinks } from './seen-links.ts'
import { NO_FACTS, type SiteFacts, together, withRefused, withTokenRefused } from './site-facts.ts'
import { createTestMarks } from './test-marks.ts'

const ORIGIN_LENGTH = 300
const KEY_LENGTH = 64

/**
 * Facts for “why does nobody show up” (W18), per site and in memory: what this node has seen, and
 * what others have told of theirs.
 */
export function createSignals({ directory, clock }: { directory: Directory; clock: Clock }) {
  const own = new Map<SiteId, SiteFacts>()
  const elsewhere = new Map<string, Map<SiteId, SiteFacts>>()
  const stored = new Map<SiteId, Timestamp>()
  const tests = createTestMarks(clock)
  const seenLinks = createSeenLinks({ directory, clock })
  let onNews: (siteId: SiteId) => void = () => {}

  const ownOf = (siteId: SiteId): SiteFacts => own.get(siteId) ?? NO_FACTS
  const allOf = (siteId: SiteId): SiteFacts =>
    [...elsewhere.values()].reduce(
      (sum, facts) => together(sum, facts.get(siteId) ?? NO_FACTS),
      ownOf(siteId),
    )

  function saw(siteId: SiteId, change: (facts: SiteFacts) => SiteFacts): void {
    own.set(siteId, change(ownOf(siteId)))
    onNews(siteId)
  }

  return {
    of(siteId: SiteId, agentId: AgentId): SiteSignals {
      const { keysUsed: _, ...facts } = allOf(siteId)
      const allowed = directory.now.sites.get(siteId)?.origins ?? []
      return {
        ...facts,
        test: tests.of(siteId, agentId),
        // What has been allowed since is in nobody's way.
        refusedOrigins: facts.refusedOrigins
          .filter(({ origin }) => !originAllowed(origin, allowed))
          .sort((a, b) => b.at - a.at),
      }
    },
    lastHitAt: (siteId: SiteId): Timestamp | null =>
      allOf(siteId).lastHit?.at ?? stored.get(siteId) ?? null,
    /** A page of the site has these live chat links. */
    links: seenLinks.saw,
    linkSeenAt: seenLinks.at,
    saveSeenLinks: seenLinks.save,
    /** The script was fetched by a page whose address (Referer) is allowed for a site. */
    scriptFetched(referer: string | undefined): void {
      const origin = originOf(referer)
      if (!origin) return
      const scriptFetchedAt = clock.now()
      for (const site of directory.now.sites.values()) {
        if (originAllowed(origin, site.origins))
          saw(site.id, (facts) => ({ ...facts, scriptFetchedAt }))
      }
    },
    hello(siteId: SiteId): void {
      saw(siteId, (facts) => ({ ...facts, helloAt: clock.now() }))
    },
    refused(siteId: SiteId, origin: string | undefined): void {
      const name = (origin ?? 'no origin').slice(0, ORIGIN_LENGTH)
      saw(siteId, (facts) => withRefused(facts, name, clock.now()))
    },
    /** A page of an allowed origin came with a key that no site has: a typing error, or an old copy. */
    unknownKey(key: string, origin: string | undefined): void {
      const wrongKey = { key: key.slice(0, KEY_LENGTH), at: clock.now() }
      for (const site of directory.now.sites.values()) {
        if (originAllowed(origin, site.origins)) saw(site.id, (facts) => ({ ...facts, wrongKey }))
      }
    },
    verified(siteId: SiteId, keyId: IdentityKeyId): void {
      const at = clock.now()
      saw(siteId, (facts) => ({
        ...facts,
        identity: { ...facts.identity, verifiedAt: at },
        keysUsed: { ...facts.keysUsed, [keyId]: at },
      }))
    },
    tokenRefused(siteId: SiteId, code: IdentityProblem): void {
      saw(siteId, (facts) => withTokenRefused(facts, code, clock.now()))
    },
    keyUsedAt(keyId: IdentityKeyId): Timestamp | null {
      const all = [own, ...elsewhere.values()].flatMap((bySite) => [...bySite.values()])
      const at = Math.max(0, ...all.map(({ keysUsed }) => keysUsed[keyId] ?? 0))
      return at || null
    },
    /** `address`: as the browser told it, with a test's mark. Whether it was a test. */
    hit(visit: Visit, page: PageView, address: string): boolean {
      const { city, country, bot } = visit.row
      const seen = { at: page.at, title: page.title, url: page.url, city, country }
      saw(visit.siteId, (facts) =>
        bot ? { ...facts, botAt: page.at } : { ...facts, lastHit: seen },
      )
      return tests.isMarked(address) && tests.seen(visit.siteId, address, { ...seen, bot })
    },
    tests,
    factsOf: ownOf,
    /** Another node has seen this of a site. */
    heard(node: string, siteId: SiteId, facts: SiteFacts): void {
      const known = elsewhere.get(node) ?? new Map<SiteId, SiteFacts>()
      elsewhere.set(node, known.set(siteId, facts))
    },
    /** What a node remembered goes with it, as with one that is alone. */
    left: (node: string): void => void elsewhere.delete(node),
    /** One listener: who tells the others. */
    onNews(listener: (siteId: SiteId) => void): void {
      onNews = listener
    },
    /** Sites visited before the start were visited, too. */
    async load(store: Store): Promise<void> {
      for (const { site_id, at } of await store.read(lastHits)) {
        if (at !== null) stored.set(site_id, Number(at))
      }
      await seenLinks.load(store)
    },
  }
}
export type Signals = ReturnType<typeof createSignals>

function originOf(address: string | undefined): string | undefined {
  try {
    return address ? new URL(address).origin : undefined
  } catch {
    return undefined
  }
}
