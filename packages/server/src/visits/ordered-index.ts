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
  /** No longer on the site; the row stands for a moment. */
  removed: boolean
  readonly visit: Visit
}

type Count = { count: number; removed: number }

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
  const counts = new Map<Heading, Count>()
  let removed = 0
  const times = filter.timed ? createDueTimes<Visit>() : undefined

  function hold(visit: Visit, entry: Entry | undefined): void {
    visit.entries ??= []
    visit.entries[number] = entry
  }

  const belongs = (visit: Visit, now: Timestamp) =>
    !visit.gone && sight.sees(visit) && filter.matches(visit, now)

  function count({ heading, removed: over }: Entry, by: 1 | -1): void {
    const below = counts.get(heading) ?? { count: 0, removed: 0 }
    if (below.count === 0) counts.set(heading, below)
    below.count += by
    if (below.count === 0) counts.delete(heading)
    if (!over) return
    below.removed += by
    removed += by
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
        count(entry, -1)
        leaving.push(entry)
        continue
      }
      const key = sorter.keyOf(visit)
      const heading = headingOf(visit)
      const over = visit.row.status === 'removed'
      if (!entry) {
        const fresh: Entry = { id: visit.id, key, heading, removed: over, visit, run: undefined }
        hold(visit, fresh)
        count(fresh, 1)
        coming.push(fresh)
        continue
      }
      const stays = entry.key === key && entry.heading === heading
      if (entry.heading !== heading || entry.removed !== over) {
        count(entry, -1)
        entry.heading = heading
        entry.removed = over
        count(entry, 1)
      }
      if (stays) continue
      entry.key = key
      leaving.push(entry)
      coming.push(entry)
    }
    entries.change(leaving, coming)
  }

  /** The headings in order, each with how many stand below it. */
  const groups = (): ({ key: string } & Count)[] =>
    [...counts]
      .sort(([a], [b]) => (a.place < b.place ? -1 : 1))
      .map(([{ key }, count]) => ({ key, ...count }))

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
    /** How many of them are no longer on the site. */
    get removed(): number {
      return removed
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
