import { describe, expect, test } from 'vitest'
import { agoSentence, countdownWords, ordinal, timeOfDay } from './clock-words.ts'

describe('clock words', () => {
  test('W11 a countdown shows 2:00 at the start and 0:01 in its last second', () => {
    expect(countdownWords(120_000)).toBe('2:00')
    expect(countdownWords(300)).toBe('0:01')
    expect(countdownWords(-10)).toBe('0:00')
  })

  test('W11 ages are short', () => {
    expect(agoSentence(360_000)).toBe('6 minutes ago')
    expect(agoSentence(60_000)).toBe('1 minute ago')
    expect(agoSentence(20_000)).toBe('less than a minute ago')
  })

  test('W1 a time zone that does not exist falls back instead of failing', () => {
    expect(timeOfDay(0, 'Asia/Tokyo')).toBe('09:00')
    expect(timeOfDay(0, 'No/Where')).toMatch(/^\d\d:\d\d$/)
  })

  test('W1 visit numbers are ordinals', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '102nd',
      '111th',
    ])
  })
})
