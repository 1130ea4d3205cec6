import type { BrandId, CountsState, Timestamp } from '@beckon/protocol'
import type { Clock } from '../time/clock.ts'
import type { Visit } from './live.ts'
import type { Roster } from './roster.ts'
import { ownersOf } from './sight.ts'
import { createTally } from './tally.ts'

type Shared<T> = { thing: T; users: number }
/** A list made once for all who look at the same. */
type List = {
  apply(visits: Iterable<Visit>, now: Timestamp): void
  elapse(now: Timestamp): void
  close?(): void
}

/**
 * What is worked out once for all agents: totals, whose visits are whose, and each list that
 * somebody looks at. Visits that changed gather until the lists are settled.
 */
export function createLists({ clock, roster }: { clock: Clock; roster: Roster }) {
  const dirty = new Set<Visit>()
  const tally = createTally()
  const lists = new Map<string, Shared<List>>()
  const owned = new Map<string, Set<Visit>>()
  const ownersNoted = new Map<Visit, string>()

  function noteOwners(visit: Visit): void {
    const owners = visit.gone ? [] : ownersOf(visit)
    const before = ownersNoted.get(visit)
    const after = owners.join(' ')
    if ((before ?? '') === after) return
    for (const owner of before?.split(' ') ?? []) owned.get(owner)?.delete(visit)
    if (after) ownersNoted.set(visit, after)
    else ownersNoted.delete(visit)
    for (const owner of owners) {
      const theirs = owned.get(owner) ?? new Set()
      owned.set(owner, theirs.add(visit))
    }
  }

  function share<T extends List>(key: string, make: () => T): { thing: T; release(): void } {
    let shared = lists.get(key) as Shared<T> | undefined
    if (!shared) {
      shared = { thing: make(), users: 0 }
      shared.thing.apply(roster.visits.values(), clock.now())
      lists.set(key, shared)
    }
    const one = shared
    one.users += 1
    return {
      thing: one.thing,
      release() {
        one.users -= 1
        if (one.users > 0) return
        lists.delete(key)
        one.thing.close?.()
      },
    }
  }

  return {
    tally,
    share,
    touch: (visit: Visit): void => void dirty.add(visit),
    get waiting(): boolean {
      return dirty.size > 0
    },
    /** Brings every list up to date; false when nothing had changed. */
    settle(now: Timestamp): boolean {
      if (dirty.size === 0) return false
      const visits = [...dirty]
      dirty.clear()
      for (const visit of visits) noteOwners(visit)
      tally.apply(visits, now)
      for (const { thing } of lists.values()) thing.apply(visits, now)
      return true
    },
    /** Time passes without anybody doing anything. */
    elapse(now: Timestamp): void {
      tally.elapse(now)
      for (const { thing } of lists.values()) thing.elapse(now)
    },
    /** How much of what these brands count is as it was before other nodes fell silent. */
    old(brandIds: ReadonlySet<BrandId>): CountsState['old'] {
      const asOf = roster.oldSince
      if (asOf === undefined) return undefined
      let count = 0
      for (const { open, elsewhere, row, brandId } of roster.visits.values()) {
        if (open && elsewhere && !row.bot && brandIds.has(brandId)) count += 1
      }
      return count > 0 ? { count, asOf } : undefined
    },
    /** Visits whose chat or invitation is this agent's. */
    ownedBy: (agentId: string): Visit[] => [...(owned.get(agentId) ?? [])],
  }
}
export type Lists = ReturnType<typeof createLists>
