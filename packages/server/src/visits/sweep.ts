import type { Clock } from '../time/clock.ts'
import type { Roster } from './roster.ts'
import { type Limits, swept } from './visit.ts'

/** What time makes of every visit; once a second, one pass. */
export function createSweep({
  clock,
  limits,
  roster,
}: {
  clock: Clock
  limits: Limits
  roster: Roster
}) {
  return (): void => {
    const now = clock.now()
    for (const visit of roster.visits.values()) {
      const { visitor, row, state } = visit
      // Nearly everybody, every second: connected, and not idle for long.
      if (
        visit.settleAt === 0 &&
        state.status === 'active' &&
        state.lostAt === undefined &&
        now < row.navigatedAt + limits.idleMs
      ) {
        continue
      }
      if (visit.elsewhere) continue
      if (visit.settleAt !== 0 && now >= visit.settleAt) {
        roster.showCurrent(visit)
        roster.changed(visit)
        roster.tell('changed', visit)
      }
      const next = swept(
        visit.state,
        {
          navigatedAt: row.navigatedAt,
          readAt: visit.inputAt,
          kept: visitor.chat !== undefined || isOpen(visitor.invitation?.state),
        },
        now,
        limits,
      )
      if (next !== visit.state) roster.setState(visit, next)
    }
  }
}

const isOpen = (state: string | undefined): boolean =>
  state === 'sent' || state === 'delivered' || state === 'viewed'
