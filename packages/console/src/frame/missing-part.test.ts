import { expect, test } from 'vitest'
import { isMissingPart } from './missing-part.ts'

test.each([
  'Failed to fetch dynamically imported module: http://localhost:4000/console/assets/map-1.js',
  'error loading dynamically imported module: http://localhost:4000/console/assets/map-1.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /console/assets/map-1.css',
])('Q after an update a part that is gone is known as such: %s', (words) => {
  expect(isMissingPart(new TypeError(words))).toBe(true)
})

test('Q what else fails is no missing part', () => {
  expect(isMissingPart(new TypeError('Failed to fetch'))).toBe(false)
  expect(isMissingPart('Importing a module script failed.')).toBe(false)
})
