import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSortedRuns, type InRun } from './sorted-runs.ts'

test('W19 it equals a sorted array, whatever comes and goes, few or many at a time', () => {
  const batch = fc.array(fc.nat(5_000), { maxLength: 60 })
  fc.assert(
    fc.property(fc.nat(4_000), fc.array(batch, { maxLength: 30 }), (first, batches) => {
      const runs = createSortedRuns<{ n: number } & InRun>((a, b) => a.n - b.n)
      const made = new Map<number, { n: number } & InRun>()
      const thing = (n: number) => {
        const one = made.get(n) ?? { n }
        made.set(n, one)
        return one
      }
      const there = new Set<number>()
      const told = (offset: number, limit: number) => runs.slice(offset, limit).map(({ n }) => n)
      for (const numbers of [Array.from({ length: first }, (_, n) => n), ...batches]) {
        const asked = [...new Set(numbers)]
        const leaving = asked.filter((number) => there.has(number))
        const coming = asked.filter((number) => !there.has(number))
        // One of them moves: it leaves the place it had and comes to the one it belongs to now.
        const moved = leaving.pop()
        const left = leaving.map(thing)
        const came = coming.map(thing)
        if (moved !== undefined) {
          const mover = thing(moved)
          made.delete(moved)
          there.delete(moved)
          mover.n = moved + 10_000
          while (there.has(mover.n)) mover.n += 10_000
          made.set(mover.n, mover)
          there.add(mover.n)
          left.push(mover)
          came.push(mover)
        }
        runs.change(left, came)
        for (const number of leaving) there.delete(number)
        for (const number of coming) there.add(number)
        const sorted = [...there].sort((a, b) => a - b)
        expect(runs.size).toBe(sorted.length)
        for (const [offset, limit] of [
          [0, 100],
          [sorted.length >> 1, 700],
          [sorted.length, 5],
        ] as const) {
          expect(told(offset, limit)).toEqual(sorted.slice(offset, offset + limit))
        }
      }
      expect(told(0, 10_000)).toEqual([...there].sort((a, b) => a - b))
    }),
    { numRuns: 40 },
  )
})
