import type { Timestamp } from '@beckon/protocol'
import type { Clock } from '../time/clock.ts'

/** A frame at most this often for one subscriber, when there is time for it. */
export const FRAME_MS = 250
const SLOWEST_MS = 2_000
/** Changes are gathered this long before lists are brought up to date. */
const GATHER_MS = 50
/** Work that takes or comes this much too late says that the process is behind. */
const BEHIND_MS = 60
const FREE_MS = 20

/**
 * When lists are brought up to date: at once after quiet, then at a steady pace; slower when the
 * process cannot keep up, and `interval` says so.
 */
export function createPulse({ clock, beat }: { clock: Clock; beat(now: Timestamp): void }) {
  let interval = FRAME_MS
  let lastAt = Number.NEGATIVE_INFINITY
  let dueAt = Number.POSITIVE_INFINITY
  let cancel = () => {}

  function run(): void {
    const started = clock.now()
    const late = started - dueAt
    dueAt = Number.POSITIVE_INFINITY
    lastAt = started
    beat(started)
    const strain = Math.max(late, clock.now() - started)
    if (strain > BEHIND_MS) interval = Math.min(SLOWEST_MS, interval * 2)
    else if (strain < FREE_MS) interval = Math.max(FRAME_MS, interval * 0.8)
  }

  return {
    get interval(): number {
      return Math.round(interval)
    },
    /** Something changed: beat as soon as the pace allows, and no later than `by`. */
    want(by: Timestamp = Number.NEGATIVE_INFINITY): void {
      const now = clock.now()
      const at = Math.max(now, by, lastAt + (GATHER_MS * interval) / FRAME_MS)
      if (at >= dueAt) return
      cancel()
      dueAt = at
      cancel = clock.after(at - now, run)
    },
    stop(): void {
      cancel()
      dueAt = Number.POSITIVE_INFINITY
    },
  }
}
