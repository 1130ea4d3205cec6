import { EVERYONE, type VisitId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { allInSight, extended, isSelected, NOBODY, toggled } from './selection.ts'

const order = ['a', 'b', 'c', 'd'] as VisitId[]
const [a, b, c, d] = order as [VisitId, VisitId, VisitId, VisitId]

describe('selection', () => {
  test('W8 toggling selects and deselects', () => {
    expect(toggled(toggled(NOBODY, b), c).ids).toEqual([b, c])
    expect(toggled(toggled(NOBODY, b), b).ids).toEqual([])
  })

  test('W8 a range runs from the anchor either way and keeps what was selected', () => {
    expect(extended(toggled(NOBODY, a), c, order)?.ids).toEqual([a, b, c])
    expect(extended(toggled(NOBODY, d), c, order)?.ids).toEqual([d, c])
    expect(extended(NOBODY, c, order)?.ids).toEqual([c])
  })

  test('W8 a range from a row that is not here is for the server to find', () => {
    expect(extended({ ids: [], anchor: 'far' as VisitId }, b, order)).toBeUndefined()
  })

  test('W8 everyone who matches is a filter; one click makes single visitors of it again', () => {
    const all = { ids: [], matching: EVERYONE }
    expect(isSelected(all, c)).toBe(true)
    expect(toggled(all, c)).toEqual({ ids: [c], anchor: c })
    expect(allInSight(all, order)).toBe(NOBODY)
  })

  test('W8 the head selects everybody in sight, then nobody', () => {
    const all = allInSight(toggled(NOBODY, b), order)
    expect(all.ids).toEqual([b, a, c, d])
    expect(allInSight(all, order)).toBe(NOBODY)
  })
})
