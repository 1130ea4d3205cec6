import { describe, expect, test } from 'vitest'
import { LENGTHS, momentWords, rangeAround, secondsOf, untilWords, whomWords } from './ban-words.ts'

const now = new Date(2026, 10, 23, 14, 31).getTime()

describe('C12 a ban in words', () => {
  test('C12 says until when, as short as it can be without doubt', () => {
    expect(untilWords(undefined, now)).toBe('until lifted')
    expect(untilWords(now + 3_600_000, now)).toBe('until 15:31')
    expect(untilWords(now + 86_400_000, now)).toBe('until 24 Nov, 14:31')
    expect(momentWords(now + 60 * 86_400_000, now)).toBe('22 Jan 2027, 14:31')
  })

  test('C12 says whom it keeps out', () => {
    expect(whomWords({ who: 'Marta' })).toBe('Marta')
    expect(whomWords({ range: '203.0.113.0/24' })).toBe('203.0.113.0/24')
    expect(whomWords({ who: 'Marta', range: '203.0.113.7' })).toBe('Marta and 203.0.113.7')
  })

  test('C12 forever is no number of seconds', () => {
    expect(LENGTHS.map(({ value }) => secondsOf(value))).toEqual([
      { seconds: 3_600 },
      { seconds: 86_400 },
      { seconds: 2_592_000 },
      {},
    ])
  })

  test('C12 a range is guessed around an address', () => {
    expect(rangeAround('203.0.113.77')).toBe('203.0.113.0/24')
    expect(rangeAround('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1::/48')
    expect(rangeAround('2001:db8::1')).toBe('2001:db8:0::/48')
  })
})
