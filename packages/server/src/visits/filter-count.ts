import type { BrandId, Timestamp } from '@beckon/protocol'
import { createDueTimes } from './due-times.ts'
import type { CompiledFilter } from './filter.ts'
import type { Visit } from './live.ts'

/**
 * How many who are here a filter selects, per brand: one for all agents with the same filter. Who
 * has left counts nowhere, as in the totals.
 */
export function createFilterCount(filter: CompiledFilter) {
  const counted = new Set<Visit>()
  const byBrand = new Map<BrandId, number>()
  const times = filter.timed ? createDueTimes<Visit>() : undefined

  function apply(visits: Iterable<Visit>, now: Timestamp): void {
    for (const visit of visits) {
      times?.set(visit, visit.open ? filter.dueAt(visit, now) : Number.POSITIVE_INFINITY)
      const belongs = visit.open && filter.matches(visit, now)
      if (belongs === counted.has(visit)) continue
      if (belongs) counted.add(visit)
      else counted.delete(visit)
      byBrand.set(visit.brandId, (byBrand.get(visit.brandId) ?? 0) + (belongs ? 1 : -1))
    }
  }

  return {
    apply,
    elapse(now: Timestamp): void {
      const turned = times?.due(now) ?? []
      if (turned.length) apply(turned, now)
    },
    /** Of some brands, and single visits beside them. */
    of(brands: Iterable<BrandId>, extras: Iterable<Visit>): number {
      let sum = 0
      for (const brandId of brands) sum += byBrand.get(brandId) ?? 0
      for (const visit of extras) if (counted.has(visit)) sum++
      return sum
    },
  }
}
