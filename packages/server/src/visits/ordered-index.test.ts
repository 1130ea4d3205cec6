import { SORT_FIELDS, type VisitId, type VisitRow } from '@beckon/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileFilter } from './filter.ts'
import { waitingMoves } from './held-order.ts'
import type { Visit } from './live.ts'
import { createOrderedIndex } from './ordered-index.ts'
import { compileSort } from './sort.ts'

const everyone = compileFilter({ match: 'all', conditions: [] })
const sight = { key: 'all', sees: () => true }
type Fake = { -readonly [K in keyof Visit]: Visit[K] }

describe('the ordered index', () => {
  test('W3 after any changes it equals sorting everything again', () => {
    const change = fc.record({
      who: fc.nat(60),
      hits: fc.nat(5),
      title: fc.constantFrom('a', 'B', 'c', ''),
      gone: fc.boolean(),
    })
    const sort = fc.record({
      by: fc.constantFrom(...SORT_FIELDS),
      dir: fc.constantFrom('asc' as const, 'desc' as const),
    })
    fc.assert(
      fc.property(
        sort,
        fc.array(fc.array(change, { maxLength: 40 }), { maxLength: 6 }),
        (by, rounds) => {
          const sorter = compileSort(by)
          const index = createOrderedIndex({ filter: everyone, sorter, sight })
          const visits = new Map<number, Fake>()
          for (const round of rounds) {
            const touched = new Set<Visit>()
            for (const { who, hits, title, gone } of round) {
              const visit = visits.get(who) ?? ({ id: `visit-${who}` } as Fake)
              visits.set(who, visit)
              const row = {
                status: 'active',
                who: { text: title },
                title,
                hits,
                startedAt: who,
                navigatedAt: hits,
                bot: false,
              }
              visit.row = row as unknown as VisitRow
              Object.assign(visit, { gone, siteName: title })
              touched.add(visit as Visit)
            }
            index.apply(touched, 0)
            const expected = [...visits.values()]
              .filter((visit) => !visit.gone)
              .map((visit) => ({ id: visit.id, key: sorter.keyOf(visit as Visit) }))
              .sort(sorter.compare)
            expect(index.slice(0, 100).map((visit) => visit.id)).toEqual(
              expected.map(({ id }) => id),
            )
            expect(index.size).toBe(expected.length)
          }
        },
      ),
    )
  })

  test('W1 missing values come last both ways', () => {
    for (const dir of ['asc', 'desc'] as const) {
      const sorter = compileSort({ by: 'city', dir })
      const keys = ['Paris', undefined, 'London'].map((city, n) => ({
        id: `visit-${n}` as VisitId,
        key: sorter.keyOf({ row: { city } as VisitRow, siteName: '' }),
      }))
      expect(keys.sort(sorter.compare).at(-1)?.id).toBe('visit-1')
    }
  })
})

describe('a held list', () => {
  const ids = (text: string) => [...text] as VisitId[]
  test.each([
    ['abcd', 'abcd', 0],
    ['abcd', 'xabcd', 1],
    ['abcd', 'xyab', 2],
    ['abcd', 'abd', 1],
    ['abcd', 'bcde', 1],
    ['abcd', 'dabc', 1],
    ['abcd', 'dcba', 3],
    ['', 'ab', 2],
  ])('UI 5.2 %s while it would be %s: %i wait', (held, real, waiting) => {
    expect(waitingMoves(ids(held), ids(real))).toBe(waiting)
  })
})
