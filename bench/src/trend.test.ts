import { expect, test } from 'vitest'
import { trend } from './trend.ts'

test('R20 the line through points, and how sure it is', () => {
  const line = [0, 1, 2, 3, 4].map((x) => ({ x, y: 10 + 3 * x }))
  expect(trend(line).slope).toBeCloseTo(3)
  expect(trend(line).steepest).toBeCloseTo(3)
  const noisy = line.map(({ x, y }) => ({ x, y: y + (x % 2 === 0 ? 1 : -1) }))
  expect(trend(noisy).steepest).toBeGreaterThan(trend(noisy).slope + 0.5)
  // Two points say nothing of how sure they are.
  expect(trend(line.slice(0, 2)).steepest).toBe(Number.POSITIVE_INFINITY)
})
