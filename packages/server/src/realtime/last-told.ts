import type { InvitationId, InvitationView } from '@beckon/protocol'
import type { Announcement } from './bus.ts'

/** More are not open and told of at the same time. */
const KEPT = 5_000
const RANKS: Readonly<Record<string, number>> = { sent: 0, delivered: 1, viewed: 2 }
const ENDED = 3

type Told = { rank: number; deadline: number }

/**
 * Two nodes change one invitation in an order; word of it may come in another, when this one hears
 * of its own commit last. An invitation only moves forward, so what lies behind is not told any more.
 */
export function createLastTold() {
  const told = new Map<InvitationId, Told>()
  return {
    isOld(announcement: Announcement): boolean {
      if (announcement.type !== 'invitation') return false
      const { invitation } = announcement
      const next = placeOf(invitation)
      const before = told.get(invitation.id)
      if (before && isBehind(next, before)) return true
      told.delete(invitation.id)
      told.set(invitation.id, next)
      if (told.size > KEPT) {
        for (const oldest of told.keys()) {
          told.delete(oldest)
          break
        }
      }
      return false
    },
  }
}

const placeOf = ({ state, deadline = 0 }: InvitationView): Told => ({
  rank: RANKS[state] ?? ENDED,
  deadline,
})

const isBehind = (next: Told, before: Told): boolean =>
  next.rank < before.rank || (next.rank === before.rank && next.deadline < before.deadline)
