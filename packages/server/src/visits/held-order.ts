import type { VisitId } from '@beckon/protocol'

/**
 * How much waits while a list is held under the pointer: arrivals or departures (in a full window
 * each arrival pushes one out, so the larger number counts) and rows that changed places.
 */
export function waitingMoves(held: readonly VisitId[], real: readonly VisitId[]): number {
  const places = new Map(real.map((id, place) => [id, place]))
  const common = held.flatMap((id) => places.get(id) ?? [])
  const arrivals = real.length - common.length
  const departures = held.length - common.length
  return Math.max(arrivals, departures) + (common.length - longestRise(common))
}

/** Length of the longest increasing subsequence: those rows kept their places among each other. */
function longestRise(numbers: readonly number[]): number {
  const tails: number[] = []
  for (const number of numbers) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((tails[middle] as number) < number) low = middle + 1
      else high = middle
    }
    tails[low] = number
  }
  return tails.length
}
