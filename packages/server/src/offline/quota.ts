import type { Timestamp } from '@beckon/protocol'
import type { Clock } from '../time/clock.ts'

/** Keys remembered at most; beyond it those that have done least lately are forgotten. */
const MOST_KEYS = 20_000

/** So many within so long for each key, in memory: for what no row remembers, such as addresses. */
export function createQuota({
  clock,
  most,
  within,
}: {
  clock: Pick<Clock, 'now'>
  most: number
  within: number
}) {
  const done = new Map<string, Timestamp[]>()
  const recent = (key: string): Timestamp[] => {
    const since = clock.now() - within
    return (done.get(key) ?? []).filter((at) => at > since)
  }
  return {
    isSpent: (key: string): boolean => recent(key).length >= most,
    spend(key: string): void {
      const times = [...recent(key), clock.now()]
      // Put at the end: the first is the one not heard of for longest.
      done.delete(key)
      done.set(key, times)
      if (done.size <= MOST_KEYS) return
      const [oldest] = done.keys()
      if (oldest !== undefined) done.delete(oldest)
    },
  }
}
