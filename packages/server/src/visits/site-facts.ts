import type { IdentityKeyId, IdentityProblem, SiteSignals, Timestamp } from '@beckon/protocol'

const KEPT_ORIGINS = 10

/** What one node has seen of a site's pages. Replaced, never changed in place. */
export type SiteFacts = Pick<
  SiteSignals,
  'scriptFetchedAt' | 'helloAt' | 'lastHit' | 'botAt' | 'wrongKey' | 'refusedOrigins'
> & {
  readonly identity: NonNullable<SiteSignals['identity']>
  /** When an identity key was right last. */
  readonly keysUsed: Readonly<Record<IdentityKeyId, Timestamp>>
}

export const NO_FACTS: SiteFacts = {
  scriptFetchedAt: null,
  helloAt: null,
  lastHit: null,
  refusedOrigins: [],
  identity: { verifiedAt: null, refused: null },
  keysUsed: {},
}

/** One more page of an origin that is not allowed. */
export function withRefused(facts: SiteFacts, origin: string, at: Timestamp): SiteFacts {
  const { refusedOrigins } = facts
  const count = (refusedOrigins.find((one) => one.origin === origin)?.count ?? 0) + 1
  const others = refusedOrigins.filter((one) => one.origin !== origin)
  return { ...facts, refusedOrigins: [{ origin, at, count }, ...others].slice(0, KEPT_ORIGINS) }
}

/** One more identity token that proves nothing. */
export function withTokenRefused(
  facts: SiteFacts,
  code: IdentityProblem,
  at: Timestamp,
): SiteFacts {
  const count = (facts.identity.refused?.count ?? 0) + 1
  return { ...facts, identity: { ...facts.identity, refused: { at, code, count } } }
}

/** What several nodes have seen: the newest of each, and counts of all of them. */
export function together(one: SiteFacts, other: SiteFacts): SiteFacts {
  const origins = new Map(one.refusedOrigins.map((refused) => [refused.origin, refused]))
  for (const { origin, at, count } of other.refusedOrigins) {
    const known = origins.get(origin) ?? { at: 0, count: 0 }
    origins.set(origin, { origin, at: Math.max(at, known.at), count: known.count + count })
  }
  const refused = newest(one.identity.refused, other.identity.refused)
  const count = (one.identity.refused?.count ?? 0) + (other.identity.refused?.count ?? 0)
  const botAt = later(one.botAt ?? null, other.botAt ?? null)
  const wrongKey = newest(one.wrongKey, other.wrongKey)
  const keysUsed: Record<IdentityKeyId, Timestamp> = { ...one.keysUsed }
  for (const [id, at] of Object.entries(other.keysUsed) as [IdentityKeyId, Timestamp][]) {
    keysUsed[id] = Math.max(at, keysUsed[id] ?? 0)
  }
  return {
    scriptFetchedAt: later(one.scriptFetchedAt, other.scriptFetchedAt),
    helloAt: later(one.helloAt, other.helloAt),
    lastHit: newest(one.lastHit, other.lastHit) ?? null,
    ...(botAt !== null && { botAt }),
    ...(wrongKey && { wrongKey }),
    refusedOrigins: [...origins.values()],
    identity: {
      verifiedAt: later(one.identity.verifiedAt, other.identity.verifiedAt),
      refused: refused ? { ...refused, count } : null,
    },
    keysUsed,
  }
}

const later = (one: Timestamp | null, other: Timestamp | null): Timestamp | null =>
  one === null || (other !== null && other > one) ? other : one

const newest = <T extends { at: Timestamp }>(
  one: T | null | undefined,
  other: T | null | undefined,
): T | null | undefined => (!one || (other && other.at > one.at) ? other : one)
