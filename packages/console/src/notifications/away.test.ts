import { expect, test } from 'vitest'
import { type AwayGiven, awayStep } from './away.ts'

const given = (over: Partial<AwayGiven>): AwayGiven => ({
  now: 20 * 60_000,
  inputAt: 0,
  available: true,
  choice: { minutes: 15, switch: false },
  ...over,
})

test('C7 who is available without input is asked, and switched only if they chose so', () => {
  expect(awayStep(given({ now: 15 * 60_000 - 1 }))).toBe('here')
  expect(awayStep(given({ now: 15 * 60_000 }))).toBe('ask')
  expect(awayStep(given({}))).toBe('ask')
  expect(awayStep(given({ choice: { minutes: 15, switch: true } }))).toBe('switch')
  expect(awayStep(given({ now: 16 * 60_000, choice: { minutes: 15, switch: true } }))).toBe('ask')
  expect(awayStep(given({ choice: { minutes: 0, switch: true } }))).toBe('here')
  expect(awayStep(given({ available: false }))).toBe('here')
})
