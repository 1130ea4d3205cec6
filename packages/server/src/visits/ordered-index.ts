import type { Timestamp, VisitId } from '@beckon/protocol'
import { createDueTimes } from './due-times.ts'
import type { CompiledFilter } from './filter.ts'
import { compileGrouping, type Heading, type HeadingOf } from './grouping.ts'
import type { Visit } from './live.ts'
import type { Sight } from './sight.ts'
import type { Sorter, SortKey } from './sort.ts'
import { createSortedRuns, type InRun } from './sorted-runs.ts'

/** A visit's place in one index. */
export type Entry = InRun & {
  readonly id: VisitId
  key: SortKey
  heading: Heading
  readonly visit: Visit
}

/**
 * Which place of `visit.entries` is whose. Each visit holds its entries itself, so that bringing
 * twenty indexes up to date for one visit looks in one place and not in twenty large tables.
 */
const free: number[] = []
let numbered = 0

/**
 * The visits a filter selects among those somebody sees, in order, kept up to date change by
 * change. Shared by all windows with the same filter, sort, grouping and sight.
 */
export function createOrderedIndex(of: {
  filter: CompiledFilter
  sorter: Sorter
  sight: Sight
  headingOf?: HeadingOf
}) {
  const { filter, sorter, sight, headingOf = compileGrouping(undefined) } = of
  const entries = createSortedRuns<Entry>((a, b) => {
    if (a.heading === b.heading) return sorter.compare(a, b)
    return a.heading.place < b.heading.place ? -1 : 1
  })
  const number = free.pop() ?? numbered++
  const counts = new Map<Heading, number>()
  const times = filter.timed ? createDueTimes<Visit>() : undefined

  function hold(visit: Visit, entry: Entry | undefined): void {
    visit.entries ??= []
    visit.entries[number] = entry
  }

  const belongs = (visit: Visit, now: Timestamp) =>
    !visit.gone && sight.sees(visit) && filter.matches(visit, now)

  function count(heading: Heading, by: number): void {
    const now = (counts.get(heading) ?? 0) + by
    if (now === 0) counts.delete(heading)
    else counts.set(heading, now)
  }

  function apply(visits: Iterable<Visit>, now: Timestamp) {
    const leaving: Entry[] = []
    const coming: Entry[] = []
    for (const visit of visits) {
      const entry = visit.entries?.[number]
      times?.set(visit, visit.gone ? Number.POSITIVE_INFINITY : filter.dueAt(visit, now))
      if (!belongs(visit, now)) {
        if (!entry) continue
        hold(visit, undefined)
        count(entry.heading, -1)
        leaving.push(entry)
        continue
      }
      const key = sorter.keyOf(visit)
      const heading = headingOf(visit)
      if (!entry) {
        const fresh: Entry = { id: visit.id, key, heading, visit, run: undefined }
        hold(visit, fresh)
        count(heading, 1)
        coming.push(fresh)
        continue
      }
      if (entry.key === key && entry.heading === heading) continue
      if (entry.heading !== heading) {
        count(entry.heading, -1)
        count(heading, 1)
      }
      entry.key = key
      entry.heading = heading
      leaving.push(entry)
      coming.push(entry)
    }
    entries.change(leaving, coming)
  }

  /** The headings in order, each with how many stand below it. */
  const groups = (): { key: string; count: number }[] =>
    [...counts]
      .sort(([a], [b]) => (a.place < b.place ? -1 : 1))
      .map(([{ key }, count]) => ({ key, count }))

  return {
    apply,
    groups,
    /** Looks again at visits whose answer time alone may have changed. */
    elapse(now: Timestamp) {
      const turned = times?.due(now)
      if (turned?.length) apply(turned, now)
    },
    get size(): number {
      return entries.size
    },
    has: (visit: Visit): boolean => visit.entries?.[number] !== undefined,
    /** Rows in order. Those of folded groups neither stand in it nor count for the offset. */
    slice(offset: number, limit: number, folded?: ReadonlySet<string>): Visit[] {
      if (!folded?.size) return entries.slice(offset, limit).map(({ visit }) => visit)
      const visits: Visit[] = []
      let start = 0
      let skip = offset
      for (const { key, count } of groups()) {
        if (!folded.has(key) && visits.length < limit) {
          const take = Math.min(count - skip, limit - visits.length)
          if (take > 0)
            for (const { visit } of entries.slice(start + skip, take)) visits.push(visit)
          skip = Math.max(0, skip - count)
        }
        start += count
      }
      return visits
    },
    /** Nobody looks any more: visits hold nothing of it, and its number is another's. */
    close(): void {
      for (const { visit } of entries.slice(0, entries.size)) hold(visit, undefined)
      free.push(number)
    },
  }
}
export type OrderedIndex = ReturnType<typeof createOrderedIndex>
