import type { Timestamp } from '@beckon/protocol'

/** A chat that has waited in a queue lately: its place when it came, and how long until an agent had it. */
export type Waited = { place: number; queuedAt: Timestamp; startedAt: Timestamp }

/** Fewer say nothing about the next one. */
const ENOUGH = 3
/** Given in the breath in which it came: it has seen no queue. */
const AT_ONCE = 2_000

/**
 * How long the wait at a place may be: what one place took others, in the middle of them all.
 * Undefined while too few have waited; a guess would be a promise.
 */
export function expectedWait(waited: readonly Waited[], place: number): number | undefined {
  const perPlace = waited
    .filter(({ queuedAt, startedAt }) => startedAt - queuedAt >= AT_ONCE)
    .map(({ place, queuedAt, startedAt }) => (startedAt - queuedAt) / Math.max(1, place))
    .sort((a, b) => a - b)
  const middle = perPlace[Math.floor(perPlace.length / 2)]
  return perPlace.length < ENOUGH || middle === undefined ? undefined : Math.round(middle * place)
}
