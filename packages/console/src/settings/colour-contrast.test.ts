import { expect, test } from 'vitest'
import { contrastOf, isColour, nearestPassing } from './colour-contrast.ts'

test('C1 black on white is 21, a colour on itself 1, in either order', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 1)
  expect(contrastOf('#1d5c47', '#1d5c47')).toBe(1)
  expect(contrastOf('#ffffff', '#1d5c47')).toBe(contrastOf('#1d5c47', '#ffffff'))
})

test('C1 a failing colour gets the nearest one that passes, a passing one stays', () => {
  const near = nearestPassing('#ffd166', '#ffffff', 3)
  expect(contrastOf(near, '#ffffff')).toBeGreaterThanOrEqual(3)
  expect(contrastOf(near, '#ffffff')).toBeLessThan(3.3)
  expect(nearestPassing('#1d5c47', '#ffffff', 3)).toBe('#1d5c47')
})

test('C1 only six hex figures are a colour', () => {
  expect(isColour('#1D5C47')).toBe(true)
  expect(isColour('#fff')).toBe(false)
  expect(isColour('red')).toBe(false)
})
