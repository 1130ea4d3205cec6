import { describe, expect, test } from 'vitest'
import { sliceFor } from './window-paging.ts'

describe('window paging', () => {
  const present = { offset: 0, limit: 60 }

  test('W19 rows on the screen are always inside the slice, with rows ready on both sides', () => {
    let slice = present
    for (let first = 0; first < 9_950; first += 7) {
      slice = sliceFor({ first, last: first + 25 }, slice, 10_000)
      expect(slice.offset).toBeLessThanOrEqual(Math.max(0, first - 8))
      expect(slice.offset + slice.limit).toBeGreaterThanOrEqual(Math.min(10_000, first + 25 + 8))
      expect(slice.limit).toBeLessThanOrEqual(200)
    }
  })

  test('W19 scrolling by a row asks nothing new', () => {
    const slice = sliceFor({ first: 500, last: 525 }, present, 10_000)
    expect(sliceFor({ first: 501, last: 526 }, slice, 10_000)).toBe(slice)
    expect(sliceFor({ first: 510, last: 535 }, slice, 10_000)).toBe(slice)
  })

  test('W19 a short list needs one slice only', () => {
    expect(sliceFor({ first: 20, last: 44 }, present, 45)).toBe(present)
  })

  test('W19 a leap through the list asks for where it lands', () => {
    const slice = sliceFor({ first: 8_000, last: 8_030 }, present, 10_000)
    expect(slice.offset).toBeGreaterThan(7_900)
  })
})
