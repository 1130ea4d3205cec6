import { describe, expect, test } from 'vitest'
import { storedIp } from './address.ts'

describe('stored addresses', () => {
  test.each([
    ['198.51.100.77', 'full', '198.51.100.77'],
    ['198.51.100.77', 'masked', '198.51.0.0'],
    ['198.51.0.0', 'masked', '198.51.0.0'],
    ['2001:db8:12:34:5:6:7:8', 'masked', '2001:db8:12::'],
    ['2001:db8::7', 'masked', '2001:db8::'],
    ['2001:db8:12::', 'masked', '2001:db8:12::'],
    ['::1', 'masked', '::'],
    ['198.51.100.77', 'none', null],
    [undefined, 'full', null],
  ] as const)('W21 T28 %s, %s: %s', (ip, mode, kept) => {
    expect(storedIp(ip, mode)).toBe(kept)
  })
})
