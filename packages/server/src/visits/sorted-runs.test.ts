import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSortedRuns } from './sorted-runs.ts'

test('W19 it equals a sorted array, whatever comes and goes, few or many at a time', () => {
  const batch = fc.array(fc.nat(5_000), { maxLength: 60 })
  fc.assert(
    fc.property(fc.nat(4_000), fc.array(batch, { maxLength: 30 }), (first, batches) => {
      const runs = createSortedRuns<number>((a, b) => a - b)
      const there = new Set<number>()
      for (const numbers of [Array.from({ length: first }, (_, n) => n), ...batches]) {
        const asked = [...new Set(numbers)]
        const leaving = asked.filter((number) => there.has(number))
        const coming = asked.filter((number) => !there.has(number))
        runs.change(leaving, coming)
        for (const number of leaving) there.delete(number)
        for (const number of coming) there.add(number)
        const sorted = [...there].sort((a, b) => a - b)
        expect(runs.size).toBe(sorted.length)
        for (const [offset, limit] of [
          [0, 100],
          [sorted.length >> 1, 700],
          [sorted.length, 5],
        ] as const) {
          expect(runs.slice(offset, limit)).toEqual(sorted.slice(offset, offset + limit))
        }
      }
      expect(runs.slice(0, 10_000)).toEqual([...there].sort((a, b) => a - b))
    }),
    { numRuns: 40 },
  )
})
