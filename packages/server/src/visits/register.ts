import type { Timestamp, VisitorId } from '@beckon/protocol'
import { type Clock, minutes } from '../time/clock.ts'
import type { Visitor } from './live-visitor.ts'

/** Whoever asked the database for somebody before they were erased has its answer by then. */
const ERASED_MS = minutes(1)

/** Visitors who are here, by what a browser is recognised as one of them. */
export function createRegister(clock: Pick<Clock, 'now'>) {
  const visitors = new Map<VisitorId, Visitor>()
  const byToken = new Map<string, Visitor>()
  const byPresence = new Map<string, Visitor>()
  const erased = new Map<VisitorId, Timestamp>()

  function add(visitor: Visitor): void {
    visitor.erased ||= erased.has(visitor.id)
    visitors.set(visitor.id, visitor)
    if (visitor.tokenHash) byToken.set(visitor.tokenHash, visitor)
    if (visitor.presenceKey) byPresence.set(visitor.presenceKey, visitor)
  }

  return {
    visitors,
    byToken,
    byPresence,
    add,
    /** By what another node recognises them. */
    know(
      visitor: Visitor,
      { tokenHash, presenceKey }: { tokenHash?: string; presenceKey?: string },
    ): void {
      visitor.tokenHash = tokenHash ?? visitor.tokenHash
      visitor.presenceKey = presenceKey ?? visitor.presenceKey
      if (visitors.has(visitor.id)) add(visitor)
    },
    /** A visitor is kept in memory by visits alone. */
    forgetEmpty(visitor: Visitor): void {
      const { id, visits, tokenHash, presenceKey } = visitor
      if (visits.length > 0) return
      visitors.delete(id)
      if (tokenHash && byToken.get(tokenHash) === visitor) byToken.delete(tokenHash)
      if (presenceKey && byPresence.get(presenceKey) === visitor) byPresence.delete(presenceKey)
    },
    /** Nothing about them is written any more, whoever still comes with what was known of them. */
    erase(id: VisitorId): Visitor | undefined {
      const now = clock.now()
      for (const [other, at] of erased) if (at + ERASED_MS < now) erased.delete(other)
      erased.set(id, now)
      const visitor = visitors.get(id)
      if (visitor) visitor.erased = true
      return visitor
    },
    wasErased: (id: VisitorId): boolean => erased.has(id),
  }
}
