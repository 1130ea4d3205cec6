/** A seeded source of chance (mulberry32): a run can be repeated from its seed. */
export type Random = {
  /** 0 ≤ x < 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  pick<T>(items: readonly T[]): T
  chance(share: number): boolean
  /** An id the protocol accepts. */
  id(): string
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick(items) {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new Error('pick needs at least one item')
      return item
    },
    id: () =>
      `sim${next().toString(36).slice(2)}${next().toString(36).slice(2)}`
        .padEnd(12, '0')
        .slice(0, 24),
  }
}
