import { expect, test } from 'vitest'
import { countWords, whenWords } from './times.ts'

test('W4 a moment is told by as much of its date as is needed', () => {
  const now = new Date(2026, 10, 23, 15, 0).getTime()
  const at = (...of: [number, number, number]) => new Date(...of, 14, 31).getTime()
  expect(whenWords(at(2026, 10, 23), now)).toBe('14:31')
  expect(whenWords(at(2026, 10, 20), now)).toBe('Fri 14:31')
  expect(whenWords(at(2026, 10, 3), now)).toBe('3 Nov, 14:31')
  expect(whenWords(at(2025, 10, 3), now)).toBe('3 Nov 2025, 14:31')
  expect([countWords(1, 'page'), countWords(1240, 'page')]).toEqual(['1 page', '1,240 pages'])
})
