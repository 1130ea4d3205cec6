import type { Background } from '../conversations/background.ts'
import type { Commit } from '../conversations/commit.ts'
import { insertIdentified } from '../store/visitor-rows.ts'
import type { Clock } from '../time/clock.ts'
import type { LiveVisit, Presence } from '../visits/presence.ts'

/** A page that says another name again and again is not written down for ever. */
const MOST_PER_VISIT = 20

/** Keeps what pages say about who the visitor is, for the time line. */
export function recordIdentified(deps: {
  commit: Commit
  clock: Clock
  presence: Presence
  background: Background
}): () => void {
  const { commit, clock, presence, background } = deps
  const times = new WeakMap<LiveVisit, number>()
  return presence.onChange(({ type, visit }) => {
    if (type !== 'identified') return
    const before = times.get(visit) ?? 0
    if (before >= MOST_PER_VISIT) return
    times.set(visit, before + 1)
    const { visitorId, brandId } = visit
    const row = {
      visit_id: visit.id,
      at: clock.now(),
      visitor_id: visitorId,
      display_name: visit.displayName ?? null,
      username: visit.username ?? null,
      email: visit.row.email ?? null,
    }
    background.run('identified', () =>
      commit(async ({ tx, announce }) => {
        await insertIdentified(tx, row)
        announce({ type: 'visitor', visitorId, brandId })
      }),
    )
  })
}
