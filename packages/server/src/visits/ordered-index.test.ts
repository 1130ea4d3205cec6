import { SORT_FIELDS, type VisitId, type VisitRow } from '@beckon/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileFilter } from './filter.ts'
import { compileGrouping } from './grouping.ts'
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
      removed: fc.boolean(),
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
            for (const { who, hits, title, gone, removed } of round) {
              const visit = visits.get(who) ?? ({ id: `visit-${who}` } as Fake)
              visits.set(who, visit)
              const row = {
                status: removed ? 'removed' : 'active',
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
            const left = [...visits.values()].filter(
              ({ gone, row }) => !gone && row.status === 'removed',
            )
            expect(index.removed).toBe(left.length)
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

  test('W1 grouped, every heading counts exactly its rows, and folded ones stand without them', () => {
    const sorter = compileSort({ by: 'hits', dir: 'desc' })
    const index = createOrderedIndex({
      filter: everyone,
      sorter,
      sight,
      headingOf: compileGrouping('country'),
    })
    const countries = ['DE', 'FR', undefined, 'DE', 'PL', undefined, 'DE']
    const visits = countries.map(
      (country, at) =>
        ({
          id: `v${at}`,
          row: { country, hits: at, status: 'active', bot: false },
          siteName: '',
          gone: false,
        }) as unknown as Visit,
    )
    index.apply(visits, 0)
    expect(index.groups()).toEqual([
      { key: 'FR', count: 1, removed: 0 },
      { key: 'DE', count: 3, removed: 0 },
      { key: 'PL', count: 1, removed: 0 },
      { key: '', count: 2, removed: 0 },
    ])
    const ids = (offset: number, limit: number, ...folded: string[]) =>
      index.slice(offset, limit, new Set(folded)).map(({ id }) => id)
    expect(ids(0, 9)).toEqual(['v1', 'v6', 'v3', 'v0', 'v4', 'v5', 'v2'])
    expect(ids(0, 9, 'DE')).toEqual(['v1', 'v4', 'v5', 'v2'])
    expect(ids(1, 2, 'DE')).toEqual(['v4', 'v5'])
    expect(ids(2, 2, 'FR', '')).toEqual(['v0', 'v4'])
    expect(ids(0, 9, 'DE', 'FR', 'PL', '')).toEqual([])
    // Moving to another heading is a move, though nothing it is sorted by has changed.
    const moved = visits[0] as { row: VisitRow }
    moved.row = { ...moved.row, country: 'PL' }
    index.apply([visits[0] as Visit], 0)
    expect(index.groups()[1]).toEqual({ key: 'DE', count: 2, removed: 0 })
    expect(ids(0, 9)).toEqual(['v1', 'v6', 'v3', 'v4', 'v0', 'v5', 'v2'])
    // Whoever left the site stands a moment longer, and is told apart.
    const left = visits[3] as { row: VisitRow }
    left.row = { ...left.row, status: 'removed' }
    index.apply([visits[3] as Visit], 0)
    expect(index.groups()[1]).toEqual({ key: 'DE', count: 2, removed: 1 })
    expect([index.size, index.removed]).toEqual([7, 1])
  })

  test('W1 lists over the same visits stand side by side, and one made after another is closed begins empty', () => {
    const visits = [1, 2, 3].map(
      (hits) =>
        ({ id: `v${hits}`, row: { hits, status: 'active', bot: false }, gone: false }) as Visit,
    )
    const listOf = (filter: Parameters<typeof compileFilter>[0]) =>
      createOrderedIndex({
        filter: compileFilter(filter),
        sorter: compileSort({ by: 'hits', dir: 'asc' }),
        sight,
      })
    const all = listOf({ match: 'all', conditions: [] })
    const few = listOf({ match: 'all', conditions: [{ field: 'hits', op: 'less', value: '2' }] })
    for (const list of [all, few]) list.apply(visits, 0)
    expect([all.size, few.size]).toEqual([3, 1])
    few.close()
    const many = listOf({
      match: 'all',
      conditions: [{ field: 'hits', op: 'greater', value: '1' }],
    })
    expect(visits.map(many.has)).toEqual([false, false, false])
    many.apply(visits, 0)
    expect(visits.map(many.has)).toEqual([false, true, true])
    expect(all.slice(0, 9)).toEqual(visits)
  })
})
