import type { Clock } from './clock.ts'

type Timer = { at: number; work: () => void; every?: number }

export type FakeClock = Clock & {
  /** Moves time forward, running due timers in order, each at its own moment. */
  advance(ms: number): void
  /** Jumps without running anything: a clock that was set. */
  set(now: number): void
}

/** A clock that stands still until told to move. Passes the same laws as the system clock. */
export function fakeClock(start: string | number = '2026-01-05T09:00:00Z'): FakeClock {
  let now = typeof start === 'number' ? start : Date.parse(start)
  const timers = new Set<Timer>()
  const add = (timer: Timer) => {
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  return {
    now: () => now,
    after: (ms, work) => add({ at: now + ms, work }),
    every: (ms, work) => add({ at: now + ms, work, every: ms }),
    set(moment) {
      now = moment
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        let next: Timer | undefined
        for (const timer of timers) {
          if (timer.at <= end && (!next || timer.at < next.at)) next = timer
        }
        if (!next) break
        now = Math.max(now, next.at)
        if (next.every) next.at += next.every
        else timers.delete(next)
        next.work()
      }
      now = end
    },
  }
}
