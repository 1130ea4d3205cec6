import type { Timestamp } from '@beckon/protocol'
import type { Clock } from '../time/clock.ts'
import type { Lists } from './lists.ts'
import { createPulse } from './pulse.ts'

/** One subscription: says what is new when its time has come. */
type Subscriber = {
  /** Sends what differs from what was sent; false if nothing does. */
  pump(now: Timestamp): boolean
  lastAt: Timestamp
  readonly every: () => number
  waiting: boolean
}

/** Who follows Who's On, and when each of them hears: a beat brings the shared lists up to date first. */
export function createSubscribers({ clock, lists }: { clock: Clock; lists: Lists }) {
  const all = new Set<Subscriber>()
  const pulse = createPulse({ clock, beat })

  /** Brings every list up to date, without sending anything. */
  function settle(now: Timestamp): void {
    if (!lists.settle(now)) return
    for (const subscriber of all) subscriber.waiting = true
  }

  function beat(now: Timestamp): void {
    settle(now)
    let next = Number.POSITIVE_INFINITY
    for (const subscriber of all) {
      if (!subscriber.waiting) continue
      const at = subscriber.lastAt + subscriber.every()
      if (now >= at) send(subscriber, now)
      else next = Math.min(next, at)
    }
    if (next < Number.POSITIVE_INFINITY) pulse.want(next)
  }

  function send(subscriber: Subscriber, now: Timestamp): void {
    subscriber.waiting = false
    if (subscriber.pump(now)) subscriber.lastAt = now
  }

  const want = (): void => {
    if (all.size > 0) pulse.want()
  }

  return {
    settle,
    /** Something changed: whoever follows hears of it as soon as the pace allows. */
    want,
    get none(): boolean {
      return all.size === 0
    },
    /** Time changes what everybody is to hear. */
    wakeAll(): void {
      for (const subscriber of all) subscriber.waiting = true
      want()
    },
    /** The pace of frames in milliseconds; it grows while the process cannot keep up. */
    get interval(): number {
      return pulse.interval
    },
    subscribe(pump: (now: Timestamp) => boolean, every = () => pulse.interval) {
      const subscriber: Subscriber = {
        pump,
        every,
        lastAt: Number.NEGATIVE_INFINITY,
        waiting: false,
      }
      all.add(subscriber)
      return {
        /** It has something of its own to say. */
        wake(): void {
          subscriber.waiting = true
          want()
        },
        flush(): void {
          const now = clock.now()
          settle(now)
          send(subscriber, now)
          if (all.size > 1) want()
        },
        end: (): void => void all.delete(subscriber),
      }
    },
    /**
     * Brings lists up to date, also with the part of a second that has passed since they were last
     * told of time, and sends everything that waits; tests compare afterwards.
     */
    flush(): void {
      const now = clock.now()
      lists.elapse(now)
      settle(now)
      for (const subscriber of all) send(subscriber, now)
    },
    stop: (): void => pulse.stop(),
  }
}
