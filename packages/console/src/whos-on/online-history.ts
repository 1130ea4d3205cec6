export type Point = { at: number; online: number }

const KEEP_MS = 30 * 60_000
/** Closer points are one: the line has few pixels, and the page may stay open all day. */
const STEP_MS = 10_000

/** The history with a new reading; at most one point each 10 s of the last half hour. */
export function onlineHistory(history: readonly Point[], reading: Point): Point[] {
  const recent = history.filter(({ at }) => at > reading.at - KEEP_MS && at < reading.at)
  const last = recent.at(-1)
  const before = recent.at(-2)
  if (last && before && reading.at - before.at < STEP_MS) recent.pop()
  return [...recent, reading]
}
