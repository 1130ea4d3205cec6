import type { BrandId, Timestamp } from '@beckon/protocol'
import type { CompiledFilter } from './filter.ts'
import type { Visit } from './live.ts'

/**
 * How many who are here a filter selects, per brand: one for all agents with the same filter. Who
 * has left counts nowhere, as in the totals.
 */
export function createFilterCount(filter: CompiledFilter) {
  const counted = new Set<Visit>()
  const byBrand = new Map<BrandId, number>()
  const due = filter.timed ? new Map<Visit, Timestamp>() : undefined

  function apply(visits: Iterable<Visit>, now: Timestamp): void {
    for (const visit of visits) {
      if (due) {
        if (visit.open) due.set(visit, filter.dueAt(visit, now))
        else due.delete(visit)
      }
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
      if (!due) return
      const turned: Visit[] = []
      for (const [visit, at] of due) if (at <= now) turned.push(visit)
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
