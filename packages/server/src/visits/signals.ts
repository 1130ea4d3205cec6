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
import { createTestMarks } from './test-marks.ts'

const KEPT_ORIGINS = 10
const ORIGIN_LENGTH = 300
const KEY_LENGTH = 64

type Kept = {
  scriptFetchedAt: Timestamp | null
  helloAt: Timestamp | null
  refused: Map<string, { at: Timestamp; count: number }>
  lastHit: SiteSignals['lastHit']
  botAt?: Timestamp
  wrongKey?: { key: string; at: Timestamp }
  identity: NonNullable<SiteSignals['identity']>
}

/** Facts for “why does nobody show up” (W18), per site and in memory. */
export function createSignals({ directory, clock }: { directory: Directory; clock: Clock }) {
  const bySite = new Map<SiteId, Kept>()
  const stored = new Map<SiteId, Timestamp>()
  const tests = createTestMarks(clock)
  const seenLinks = createSeenLinks({ directory, clock })
  const keysUsed = new Map<IdentityKeyId, Timestamp>()
  const keptOf = (siteId: SiteId): Kept => {
    const known = bySite.get(siteId)
    if (known) return known
    const fresh: Kept = {
      scriptFetchedAt: null,
      helloAt: null,
      refused: new Map(),
      lastHit: null,
      identity: { verifiedAt: null, refused: null },
    }
    bySite.set(siteId, fresh)
    return fresh
  }
  return {
    of(siteId: SiteId, agentId: AgentId): SiteSignals {
      const kept = keptOf(siteId)
      const allowed = directory.now.sites.get(siteId)?.origins ?? []
      return {
        botAt: kept.botAt,
        wrongKey: kept.wrongKey,
        test: tests.of(siteId, agentId),
        scriptFetchedAt: kept.scriptFetchedAt,
        helloAt: kept.helloAt,
        lastHit: kept.lastHit,
        identity: kept.identity,
        // What has been allowed since is in nobody's way.
        refusedOrigins: [...kept.refused]
          .filter(([origin]) => !originAllowed(origin, allowed))
          .map(([origin, { at, count }]) => ({ origin, at, count }))
          .sort((a, b) => b.at - a.at),
      }
    },
    lastHitAt: (siteId: SiteId): Timestamp | null =>
      bySite.get(siteId)?.lastHit?.at ?? stored.get(siteId) ?? null,
    /** A page of the site has these live chat links. */
    links: seenLinks.saw,
    linkSeenAt: seenLinks.at,
    saveSeenLinks: seenLinks.save,
    /** The script was fetched by a page whose address (Referer) is allowed for a site. */
    scriptFetched(referer: string | undefined): void {
      const origin = originOf(referer)
      if (!origin) return
      for (const site of directory.now.sites.values()) {
        if (originAllowed(origin, site.origins)) keptOf(site.id).scriptFetchedAt = clock.now()
      }
    },
    hello(siteId: SiteId): void {
      keptOf(siteId).helloAt = clock.now()
    },
    refused(siteId: SiteId, origin: string | undefined): void {
      const { refused } = keptOf(siteId)
      const name = (origin ?? 'no origin').slice(0, ORIGIN_LENGTH)
      const count = (refused.get(name)?.count ?? 0) + 1
      refused.delete(name)
      refused.set(name, { at: clock.now(), count })
      if (refused.size > KEPT_ORIGINS) {
        for (const oldest of refused.keys()) {
          refused.delete(oldest)
          break
        }
      }
    },
    /** A page of an allowed origin came with a key that no site has: a typing error, or an old copy. */
    unknownKey(key: string, origin: string | undefined): void {
      const wrongKey = { key: key.slice(0, KEY_LENGTH), at: clock.now() }
      for (const site of directory.now.sites.values()) {
        if (originAllowed(origin, site.origins)) keptOf(site.id).wrongKey = wrongKey
      }
    },
    verified(siteId: SiteId, keyId: IdentityKeyId): void {
      keptOf(siteId).identity.verifiedAt = clock.now()
      keysUsed.set(keyId, clock.now())
    },
    tokenRefused(siteId: SiteId, code: IdentityProblem): void {
      const { identity } = keptOf(siteId)
      identity.refused = { at: clock.now(), code, count: (identity.refused?.count ?? 0) + 1 }
    },
    keyUsedAt: (keyId: IdentityKeyId): Timestamp | null => keysUsed.get(keyId) ?? null,
    /** `address`: as the browser told it, with a test's mark. Whether it was a test. */
    hit(visit: Visit, page: PageView, address: string): boolean {
      const kept = keptOf(visit.siteId)
      const { city, country, bot } = visit.row
      const seen = { at: page.at, title: page.title, url: page.url, city, country }
      if (bot) kept.botAt = page.at
      else kept.lastHit = seen
      return tests.seen(visit.siteId, address, { ...seen, bot })
    },
    /** Sites visited before the start were visited, too. */
    async load(store: Store): Promise<void> {
      for (const { site_id, at } of await store.read(lastHits)) stored.set(site_id, Number(at))
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
