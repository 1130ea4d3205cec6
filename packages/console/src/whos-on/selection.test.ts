import type { VisitId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { allInSight, extended, NOBODY, toggled } from './selection.ts'

const order = ['a', 'b', 'c', 'd'] as VisitId[]
const [a, b, c, d] = order as [VisitId, VisitId, VisitId, VisitId]

describe('selection', () => {
  test('W8 toggling selects and deselects', () => {
    expect(toggled(toggled(NOBODY, b), c).ids).toEqual([b, c])
    expect(toggled(toggled(NOBODY, b), b).ids).toEqual([])
  })

  test('W8 a range runs from the anchor either way and keeps what was selected', () => {
    expect(extended(toggled(NOBODY, a), c, order).ids).toEqual([a, b, c])
    expect(extended(toggled(NOBODY, d), c, order).ids).toEqual([d, c])
    expect(extended(NOBODY, c, order).ids).toEqual([c])
  })

  test('W8 an anchor that has left the list begins a new range', () => {
    expect(extended({ ids: [], anchor: 'gone' as VisitId }, b, order)).toEqual({
      ids: [b],
      anchor: b,
    })
  })

  test('W8 the head selects everybody in sight, then nobody', () => {
    const all = allInSight(toggled(NOBODY, b), order)
    expect(all.ids).toEqual([b, a, c, d])
    expect(allInSight(all, order)).toBe(NOBODY)
  })
})
