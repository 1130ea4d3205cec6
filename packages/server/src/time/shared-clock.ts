import { type Clock, seconds, systemClock } from './clock.ts'

const EVERY_MS = seconds(30)
/** An answer this slow says little about the moment it was given. */
const SLOWEST_MS = 1_000
/** Steps back up to here are waited out; after a larger one time begins anew. */
const WAITED_OUT_MS = seconds(5)

export type SharedClock = Clock & {
  /** From here on by the other clock's time, measured now and every 30 s. */
  follow(ask: () => Promise<number>, fault: (error: unknown) => void): Promise<void>
  /** By how much this machine's own clock differs from it. */
  readonly offsetMs: number
  stop(): void
}

/**
 * The time of a clock that several machines share: what has gone by since it was last asked is
 * counted by this process, so a machine's own clock may be wrong, or be set, without anybody
 * noticing. Time never goes back by little.
 */
export function createSharedClock({
  own = systemClock,
  passed = () => performance.now(),
}: {
  own?: Clock
  /** Milliseconds that never jump. */
  passed?: () => number
} = {}): SharedClock {
  let origin: number | undefined
  let last = 0
  let stopMeasuring = () => {}

  const read = (): number => Math.floor(origin === undefined ? own.now() : origin + passed())

  async function measure(ask: () => Promise<number>): Promise<void> {
    const before = passed()
    const now = await ask()
    const after = passed()
    if (after - before > SLOWEST_MS && origin !== undefined) return
    origin = now - (before + after) / 2
  }

  return {
    now() {
      const now = read()
      if (now < last && last - now <= WAITED_OUT_MS) return last
      last = now
      return now
    },
    after: own.after,
    every: own.every,
    get offsetMs() {
      return read() - own.now()
    },
    async follow(ask, fault) {
      await measure(ask)
      stopMeasuring = own.every(EVERY_MS, () => void measure(ask).catch(fault))
    },
    stop: () => stopMeasuring(),
  }
}
