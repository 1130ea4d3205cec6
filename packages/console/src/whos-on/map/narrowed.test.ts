import type { VisitFilter } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { narrowed } from './narrowed.ts'

test('W6 who is at a place is counted as its pin is: of the same filter, and on the site', () => {
  const filter: VisitFilter = {
    match: 'any',
    conditions: [
      { field: 'viewed', op: 'contains', value: 'cart' },
      { field: 'viewed', op: 'contains', value: 'pric' },
    ],
  }
  const at = { field: 'place', op: 'in', value: '1.000:2.000' } as const
  expect(narrowed(filter, at)).toEqual({
    ...filter,
    and: [at, { field: 'status', op: 'is_not', value: 'removed' }],
  })
})
