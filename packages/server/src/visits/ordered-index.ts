import type { Timestamp, VisitId } from '@beckon/protocol'
import type { CompiledFilter } from './filter.ts'
import type { Visit } from './live.ts'
import type { Sight } from './sight.ts'
import type { Sorter, SortKey } from './sort.ts'

type Entry = { readonly id: VisitId; readonly key: SortKey; readonly visit: Visit; out: boolean }

/** With more changes than this at once one pass over the list is cheaper than moving each. */
const FEW = 16

/**
 * The visits a filter selects among those somebody sees, in order, kept up to date change by
 * change. Shared by all windows with the same filter, sort and sight.
 */
export function createOrderedIndex(of: { filter: CompiledFilter; sorter: Sorter; sight: Sight }) {
  const { filter, sorter, sight } = of
  let entries: Entry[] = []
  const byVisit = new Map<Visit, Entry>()
  const due = filter.timed ? new Map<Visit, Timestamp>() : undefined

  const belongs = (visit: Visit, now: Timestamp) =>
    !visit.gone && sight.sees(visit) && filter.matches(visit, now)

  function apply(visits: Iterable<Visit>, now: Timestamp) {
    const leaving: Entry[] = []
    const coming: Entry[] = []
    for (const visit of visits) {
      const entry = byVisit.get(visit)
      if (due) {
        if (visit.gone) due.delete(visit)
        else due.set(visit, filter.dueAt(visit, now))
      }
      if (!belongs(visit, now)) {
        if (!entry) continue
        byVisit.delete(visit)
        leaving.push(entry)
        continue
      }
      const key = sorter.keyOf(visit)
      if (entry?.key === key) continue
      if (entry) leaving.push(entry)
      const fresh: Entry = { id: visit.id, key, visit, out: false }
      byVisit.set(visit, fresh)
      coming.push(fresh)
    }
    if (leaving.length + coming.length > FEW) return merge(leaving, coming)
    for (const entry of leaving) entries.splice(place(entry), 1)
    for (const entry of coming) entries.splice(place(entry), 0, entry)
  }

  /** Where an entry is, or would stand. */
  function place(entry: Entry): number {
    let low = 0
    let high = entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = entries[middle]
      if (other && sorter.compare(other, entry) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  function merge(leaving: Entry[], coming: Entry[]) {
    for (const entry of leaving) entry.out = true
    coming.sort(sorter.compare)
    const merged: Entry[] = []
    let next = 0
    for (const entry of entries) {
      if (entry.out) continue
      for (
        let fresh = coming[next];
        fresh && sorter.compare(fresh, entry) < 0;
        fresh = coming[next]
      ) {
        merged.push(fresh)
        next++
      }
      merged.push(entry)
    }
    for (; next < coming.length; next++) merged.push(coming[next] as Entry)
    entries = merged
  }

  return {
    apply,
    /** Looks again at visits whose answer time alone may have changed. */
    elapse(now: Timestamp) {
      if (!due) return
      const turned: Visit[] = []
      for (const [visit, at] of due) if (at <= now) turned.push(visit)
      if (turned.length) apply(turned, now)
    },
    get size(): number {
      return entries.length
    },
    has: (visit: Visit): boolean => byVisit.has(visit),
    slice: (offset: number, limit: number): Visit[] =>
      entries.slice(offset, offset + limit).map((entry) => entry.visit),
  }
}
export type OrderedIndex = ReturnType<typeof createOrderedIndex>
