import type { BrandId, CountsState, Timestamp, VisitFilter } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Lists } from './lists.ts'
import { createNamedCounts, type NamedFilter } from './named-counts.ts'
import type { Limits } from './visit.ts'

/** Totals as one agent sees them, with the filters that are theirs and the one they are making. */
export function createAgentCounts(of: {
  lists: Lists
  limits: Pick<Limits, 'idleMs' | 'removedMs'>
  actor: AgentActor
  draft: VisitFilter | undefined
  /** Only what is seen of this brand. */
  brandId?: BrandId | undefined
}) {
  const { lists, limits, actor, draft, brandId } = of
  const named = createNamedCounts(lists.share)
  const drafts = createNamedCounts(lists.share)
  const isShown = (id: BrandId): boolean => brandId === undefined || id === brandId
  if (draft) drafts.count([{ id: 'draft', filter: draft }])

  return {
    count: (filters: readonly NamedFilter[]): void => named.count(filters),
    state(at: Timestamp): CountsState {
      const extras = lists
        .ownedBy(actor.agentId)
        .filter((visit) => !actor.brandIds.has(visit.brandId) && isShown(visit.brandId))
      const brandIds = new Set([...actor.brandIds].filter(isShown))
      const totals = lists.tally.state(brandIds, extras, at)
      const { draft: matching } = drafts.of(brandIds, extras)
      const old = lists.old(brandIds)
      return {
        ...totals,
        filters: { ...totals.filters, ...named.of(brandIds, extras) },
        ...(matching === undefined ? {} : { matching }),
        ...(old && { old }),
        idleSeconds: limits.idleMs / 1_000,
        removedSeconds: limits.removedMs / 1_000,
      }
    },
    close(): void {
      named.close()
      drafts.close()
    },
  }
}
