import { expect, test } from 'vitest'
import { listPlaces } from './list-places.ts'

test('W1 headings stand above their rows, folded ones alone, and places lead back to rows', () => {
  const groups = [
    { key: 'a', count: 2, rows: 2 },
    { key: 'b', count: 5, rows: 0 },
    { key: 'c', count: 3, rows: 3 },
  ]
  const places = listPlaces(groups, 10)
  expect(places.size).toBe(8)
  expect(places.standing).toBe(5)
  const drawn = Array.from({ length: places.size }, (_, at) => {
    const place = places.at(at)
    return 'row' in place ? place.row : place.heading.key
  })
  expect(drawn).toEqual(['a', 0, 1, 'b', 'c', 2, 3, 4])
  for (const row of [0, 1, 2, 3, 4]) expect(places.at(places.placeOf(row))).toEqual({ row })
  const plain = listPlaces(undefined, 4)
  expect([plain.size, plain.at(3), plain.placeOf(3)]).toEqual([4, { row: 3 }, 3])
})
