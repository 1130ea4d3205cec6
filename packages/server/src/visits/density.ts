import type { MapEvent, MapState, Place, Timestamp } from '@beckon/protocol'
import { createDueTimes } from './due-times.ts'
import type { CompiledFilter } from './filter.ts'
import type { Visit } from './live.ts'
import type { Sight } from './sight.ts'

type Counted = { key: string | undefined; pending: boolean; invited: boolean; inChat: boolean }

/**
 * The density map of what a filter selects: one entry per coordinate with a count per state
 * (W6). Shared by those who look at the same; each is told the places that changed since they
 * were last told.
 */
export function createDensity({ filter, sight }: { filter: CompiledFilter; sight: Sight }) {
  const counted = new Map<Visit, Counted>()
  const places = new Map<string, Place>()
  const times = filter.timed ? createDueTimes<Visit>() : undefined
  const lookers = new Set<Set<string>>()
  let unlocated = 0

  function apply(visits: Iterable<Visit>, now: Timestamp): void {
    for (const visit of visits) {
      times?.set(visit, visit.open ? filter.dueAt(visit, now) : Number.POSITIVE_INFINITY)
      const before = counted.get(visit)
      const belongs = visit.open && sight.sees(visit) && filter.matches(visit, now)
      const after = belongs ? countedAs(visit) : undefined
      if (same(before, after)) continue
      if (before) count(visit, before, -1)
      if (after) {
        count(visit, after, 1)
        counted.set(visit, after)
      } else counted.delete(visit)
    }
  }

  function count(visit: Visit, as: Counted, step: 1 | -1): void {
    if (as.key === undefined) {
      unlocated += step
      return
    }
    const known = places.get(as.key)
    const { lat = 0, lon = 0, city, country } = visit.place ?? {}
    const place = known ?? {
      key: as.key,
      lat,
      lon,
      city,
      country,
      active: 0,
      pending: 0,
      invited: 0,
      inChat: 0,
    }
    const next: Place = {
      ...place,
      active: place.active + (as.pending ? 0 : step),
      pending: place.pending + (as.pending ? step : 0),
      invited: place.invited + (as.invited ? step : 0),
      inChat: place.inChat + (as.inChat ? step : 0),
    }
    if (next.active + next.pending > 0) places.set(as.key, next)
    else places.delete(as.key)
    for (const changed of lookers) changed.add(as.key)
  }

  return {
    apply,
    elapse(now: Timestamp): void {
      const turned = times?.due(now)
      if (turned?.length) apply(turned, now)
    },
    /** Someone looks: their state, and from then on what changed. */
    look() {
      const changed = new Set<string>()
      let toldUnlocated = unlocated
      lookers.add(changed)
      return {
        snapshot(at: Timestamp): MapState {
          changed.clear()
          toldUnlocated = unlocated
          return { places: Object.fromEntries(places), unlocated, at }
        },
        difference(at: Timestamp): MapEvent | undefined {
          if (changed.size === 0 && toldUnlocated === unlocated) return undefined
          const event: MapEvent = { at }
          const set: Place[] = []
          const drop: string[] = []
          for (const key of changed) {
            const place = places.get(key)
            if (place) set.push(place)
            else drop.push(key)
          }
          if (set.length) event.set = set
          if (drop.length) event.drop = drop
          if (toldUnlocated !== unlocated) event.unlocated = unlocated
          changed.clear()
          toldUnlocated = unlocated
          return event
        },
        close: () => void lookers.delete(changed),
      }
    },
  }
}
export type Density = ReturnType<typeof createDensity>

function countedAs({ row, placeKey }: Visit): Counted {
  const invitation = row.invitation?.state
  return {
    key: placeKey,
    pending: row.status === 'pending',
    invited: invitation === 'sent' || invitation === 'delivered' || invitation === 'viewed',
    inChat: row.chat !== undefined,
  }
}

const same = (a: Counted | undefined, b: Counted | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.key === b.key &&
    a.pending === b.pending &&
    a.invited === b.invited &&
    a.inChat === b.inChat)
