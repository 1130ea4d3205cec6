import type { Timestamp, VisitId } from '@beckon/protocol'
import { createDueTimes } from './due-times.ts'
import type { CompiledFilter } from './filter.ts'
import type { Visit } from './live.ts'
import type { Sight } from './sight.ts'
import type { Sorter, SortKey } from './sort.ts'
import { createSortedRuns } from './sorted-runs.ts'

type Entry = { readonly id: VisitId; readonly key: SortKey; readonly visit: Visit }

/**
 * The visits a filter selects among those somebody sees, in order, kept up to date change by
 * change. Shared by all windows with the same filter, sort and sight.
 */
export function createOrderedIndex(of: { filter: CompiledFilter; sorter: Sorter; sight: Sight }) {
  const { filter, sorter, sight } = of
  const entries = createSortedRuns<Entry>(sorter.compare)
  const byVisit = new Map<Visit, Entry>()
  const times = filter.timed ? createDueTimes<Visit>() : undefined

  const belongs = (visit: Visit, now: Timestamp) =>
    !visit.gone && sight.sees(visit) && filter.matches(visit, now)

  function apply(visits: Iterable<Visit>, now: Timestamp) {
    const leaving: Entry[] = []
    const coming: Entry[] = []
    for (const visit of visits) {
      const entry = byVisit.get(visit)
      times?.set(visit, visit.gone ? Number.POSITIVE_INFINITY : filter.dueAt(visit, now))
      if (!belongs(visit, now)) {
        if (!entry) continue
        byVisit.delete(visit)
        leaving.push(entry)
        continue
      }
      const key = sorter.keyOf(visit)
      if (entry?.key === key) continue
      if (entry) leaving.push(entry)
      const fresh: Entry = { id: visit.id, key, visit }
      byVisit.set(visit, fresh)
      coming.push(fresh)
    }
    entries.change(leaving, coming)
  }

  return {
    apply,
    /** Looks again at visits whose answer time alone may have changed. */
    elapse(now: Timestamp) {
      const turned = times?.due(now)
      if (turned?.length) apply(turned, now)
    },
    get size(): number {
      return entries.size
    },
    has: (visit: Visit): boolean => byVisit.has(visit),
    slice: (offset: number, limit: number): Visit[] =>
      entries.slice(offset, limit).map((entry) => entry.visit),
  }
}
export type OrderedIndex = ReturnType<typeof createOrderedIndex>
