import { expect, test, vi } from 'vitest'
import { timeOfDay as timeInZone } from '../whos-on/clock-words.ts'
import { whenWords } from '../whos-on/details/times.ts'
import { timeOfDay } from './durations.ts'

test('Q times are written by formatters made once, or a chat of forty lines fills a gigabyte', () => {
  const now = Date.UTC(2026, 10, 23, 14, 31)
  timeInZone(now, 'Europe/Warsaw')
  const made = vi.spyOn(Intl, 'DateTimeFormat')
  for (const days of [0, 2, 20, 800]) whenWords(now - days * 86_400_000, now)
  timeOfDay(now)
  expect(timeInZone(now, 'Europe/Warsaw')).toBe('15:31')
  expect(made).not.toHaveBeenCalled()
  made.mockRestore()
  expect(timeInZone(now, 'Nowhere/At all')).toBe(timeInZone(now))
})
