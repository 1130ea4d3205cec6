import type { BrandId, SiteId, VisitId, VisitorId } from '@beckon/protocol'
import { newId, newToken } from '../ids.ts'
import type { Nodes } from '../nodes/nodes.ts'

export type FirstCome = ReturnType<typeof createFirstCome>

/** Longer, and every node has heard of it. */
const HELD_MS = 2_000
const SALT_MS = 48 * 3_600_000

/**
 * What nodes have to agree on before they have heard of each other: whoever says it first has said
 * it for all. Without Redis, or alone, each node is right by itself.
 */
export function createFirstCome(nodes: Nodes | undefined) {
  const others = (): Nodes | undefined =>
    nodes?.together && nodes.others.length > 0 ? nodes : undefined

  async function first(key: string, own: string, ms: number): Promise<string> {
    const here = nodes?.together ? nodes : undefined
    if (!here) return own
    return here
      .ask((redis) => redis.set(`${here.prefix}${key}`, own, { NX: true, GET: true, PX: ms }))
      .then(
        (before) => (typeof before === 'string' && /^[\w-]{16,64}$/.test(before) ? before : own),
        () => own,
      )
  }

  return {
    /** Undefined: there is nobody to agree with, and nothing to wait for. */
    visitor: (brandId: BrandId, key: string): Promise<VisitorId> | undefined =>
      others() && (first(`first:${brandId}:${key}`, newId(), HELD_MS) as Promise<VisitorId>),
    visit: (siteId: SiteId, visitorId: VisitorId): Promise<VisitId> | undefined =>
      others() && (first(`first:${siteId}:${visitorId}`, newId(), HELD_MS) as Promise<VisitId>),
    /** A secret of one day, in memory only: Redis keeps it for as long as the day's pages may need it. */
    salt: (day: number): Promise<string> | undefined =>
      nodes?.together ? first(`salt:${day}`, newToken(), SALT_MS) : undefined,
  }
}
