import {
  type BrandId,
  type CountsState,
  SHIPPED_FILTERS,
  type SiteId,
  type Timestamp,
} from '@beckon/protocol'
import { createDueTimes } from './due-times.ts'
import { compileFilter } from './filter.ts'
import type { Visit } from './live.ts'

/*
 * Exact totals without counting: each visit remembers as bits what it was counted as, and a change
 * moves only the counters whose bit changed.
 */

const FILTERS = SHIPPED_FILTERS.map(({ id, filter }) => ({ id, filter: compileFilter(filter) }))
const ACTIVE = 1
const PENDING = 2
const IN_CHAT = 4
const INVITED = 8
const BOT = 16
const FIRST_FILTER = 32
const COUNTERS = ['active', 'pending', 'inChat', 'invited', 'bots'] as const

const MINUTES = 30

type Totals = {
  counters: Record<(typeof COUNTERS)[number], number>
  filters: number[]
  sites: Map<SiteId, number>
  lastLeftAt?: Timestamp
  /** Online at the end of each of the last minutes, oldest first. */
  minutes: number[]
}
const noTotals = (): Totals => ({
  counters: { active: 0, pending: 0, inChat: 0, invited: 0, bots: 0 },
  filters: FILTERS.map(() => 0),
  sites: new Map(),
  minutes: [],
})

export function createTally() {
  const byBrand = new Map<BrandId, Totals>()
  /** When time alone may next change what a visit counts as. */
  const times = createDueTimes<Visit>()

  const totalsOf = (brandId: BrandId): Totals => {
    const known = byBrand.get(brandId)
    if (known) return known
    const fresh = noTotals()
    byBrand.set(brandId, fresh)
    return fresh
  }

  function apply(visits: Iterable<Visit>, now: Timestamp): boolean {
    let changed = false
    for (const visit of visits) {
      const bits = bitsOf(visit, now)
      times.set(visit, visit.open ? dueAt(visit, now) : Number.POSITIVE_INFINITY)
      if (bits === visit.tally) continue
      const totals = totalsOf(visit.brandId)
      move(totals, visit.siteId, visit.tally, bits)
      if (bits === 0) totals.lastLeftAt = now
      visit.tally = bits
      changed = true
    }
    return changed
  }

  return {
    apply,
    elapse(now: Timestamp): boolean {
      const turned = times.due(now)
      return turned.length > 0 && apply(turned, now)
    },
    /** A minute has passed. */
    minute(): void {
      for (const { minutes, counters } of byBrand.values()) {
        minutes.push(counters.active + counters.pending)
        if (minutes.length > MINUTES) minutes.shift()
      }
    },
    /** Totals of some brands and of single visits beside them. */
    state(brands: Iterable<BrandId>, extras: Iterable<Visit>, at: Timestamp): CountsState {
      const sum = noTotals()
      for (const brandId of brands) {
        const totals = byBrand.get(brandId)
        if (totals) add(sum, totals)
      }
      for (const visit of extras) move(sum, visit.siteId, 0, visit.tally)
      const { counters, filters, sites, lastLeftAt, minutes } = sum
      return {
        online: counters.active + counters.pending,
        ...counters,
        sites: Object.fromEntries(
          [...sites].filter(([, count]) => count > 0),
        ) as CountsState['sites'],
        filters: Object.fromEntries(FILTERS.map(({ id }, i) => [id, filters[i] ?? 0])),
        at,
        minutes: [...minutes],
        ...(lastLeftAt === undefined ? {} : { lastLeftAt }),
      }
    },
  }
}

/** Who has left counts nowhere; bots count as bots only. */
function bitsOf(visit: Visit, now: Timestamp): number {
  if (!visit.open) return 0
  const { row } = visit
  if (row.bot) return BOT
  let bits = row.status === 'active' ? ACTIVE : PENDING
  if (row.chat) bits |= IN_CHAT
  const invitation = row.invitation?.state
  if (invitation === 'sent' || invitation === 'delivered' || invitation === 'viewed')
    bits |= INVITED
  for (const [i, { filter }] of FILTERS.entries()) {
    if (filter.matches(visit, now)) bits |= FIRST_FILTER << i
  }
  return bits
}

function dueAt(visit: Visit, now: Timestamp): Timestamp {
  let due = Number.POSITIVE_INFINITY
  for (const { filter } of FILTERS) if (filter.timed) due = Math.min(due, filter.dueAt(visit, now))
  return due
}

function move(totals: Totals, siteId: SiteId, before: number, after: number): void {
  const step = (bit: number) => (after & bit ? 1 : 0) - (before & bit ? 1 : 0)
  COUNTERS.forEach((name, i) => {
    totals.counters[name] += step(1 << i)
  })
  FILTERS.forEach((_, i) => {
    totals.filters[i] = (totals.filters[i] ?? 0) + step(FIRST_FILTER << i)
  })
  const people = step(ACTIVE) + step(PENDING)
  if (people) totals.sites.set(siteId, (totals.sites.get(siteId) ?? 0) + people)
}

function add(sum: Totals, totals: Totals): void {
  for (const name of COUNTERS) sum.counters[name] += totals.counters[name]
  totals.filters.forEach((count, i) => {
    sum.filters[i] = (sum.filters[i] ?? 0) + count
  })
  for (const [siteId, count] of totals.sites)
    sum.sites.set(siteId, (sum.sites.get(siteId) ?? 0) + count)
  // The last minute is the last of each, however many there are.
  const older = totals.minutes.length - sum.minutes.length
  if (older > 0) sum.minutes.unshift(...Array<number>(older).fill(0))
  totals.minutes.forEach((count, i) => {
    const at = i + Math.max(0, -older)
    sum.minutes[at] = (sum.minutes[at] ?? 0) + count
  })
  const left = totals.lastLeftAt
  if (left !== undefined && left > (sum.lastLeftAt ?? 0)) sum.lastLeftAt = left
}
