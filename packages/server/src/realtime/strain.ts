import type { Timestamp } from '@beckon/protocol'

/** So long may the frames that came since the last turn of the loop take: others wait behind them. */
const LONG_TURN_MS = 100
/** What is put off waits at least so long, so that it is not let in and kept out by turns. */
const HOLD_MS = 1_000

export type Strain = ReturnType<typeof createStrain>

/** Whether more comes in than can be worked off: then page views wait, so that messages need not. */
export function createStrain() {
  let turnAt: Timestamp | undefined
  let until = 0

  return {
    /** Asked at every frame, which is what tells. */
    isBehind(now: Timestamp): boolean {
      if (turnAt === undefined) {
        turnAt = now
        setImmediate(() => {
          turnAt = undefined
        })
      } else if (now - turnAt > LONG_TURN_MS) until = now + HOLD_MS
      return now < until
    },
    hasRoom: (now: Timestamp): boolean => now >= until,
  }
}
