import type { Timestamp } from '@beckon/protocol'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes } from '../time/clock.ts'
import { type Bucket, blockedUntil, countGuess } from './throttle.ts'

/** Counts a guess before it is checked, or refuses it with `rate_limited`. */
export async function countOrRefuse(
  { store, clock }: { store: Store; clock: Clock },
  buckets: readonly Bucket[],
): Promise<void> {
  const now: Timestamp = clock.now()
  // Looking first keeps a flood of refused guesses off the writer.
  const until =
    (await store.read((db) => blockedUntil(db, buckets, now))) ??
    (await store.commit((tx) => countGuess(tx, buckets, now)))
  if (until !== undefined) throw tooManyGuesses(until - now)
}

export function tooManyGuesses(waitMs: number): Refusal {
  const wait = Math.max(1, Math.ceil(waitMs / minutes(1)))
  return new Refusal(
    'rate_limited',
    `Too many attempts. Try again in ${wait} ${wait === 1 ? 'minute' : 'minutes'}.`,
    { retryAfterSeconds: Math.ceil(waitMs / 1_000) },
  )
}
