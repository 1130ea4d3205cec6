import { describe, expect, test } from 'vitest'
import { readRange, storedRange } from './range.ts'

describe('C12 a range of addresses', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7/32 ', '203.0.113.7'],
    ['203.0.113.77/24', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7/120', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::/48', '2001:db8:1::/48'],
    ['2001:db8::1/128', '2001:db8::1/128'],
  ])('C12 T19 %s is kept as %s, and reads back as itself', (written, kept) => {
    expect(readRange(written).text).toBe(kept)
    expect(storedRange(kept)?.text).toBe(kept)
  })

  test.each([
    '',
    'localhost',
    '203.0.113',
    '203.0.113.7/33',
    '203.0.113.7/',
    '203.0.113.7/24/24',
    '0x7f.1',
    '2130706433',
    'fe80::1%eth0',
    '2001:db8::/129',
    '::ffff:203.0.113.7/90',
    "203.0.113.7' or 1",
  ])('C12 T26 “%s” is refused with how it is written', (written) => {
    expect(() => readRange(written)).toThrow(/Write one address/)
  })

  test.each(['0.0.0.0/0', '203.0.0.0/15', '::/0', '2001:db8::/31'])(
    'C12 %s would shut out too many',
    (written) => expect(() => readRange(written)).toThrow(/too many addresses/),
  )

  test('C12 T19 a new address in the same /64 is inside, the neighbour is not', () => {
    const home = readRange('2001:db8:1:2:3:4:5:6')
    expect(home.holds('2001:db8:1:2:ffff::9')).toBe(true)
    expect(home.holds('2001:db8:1:3::9')).toBe(false)
    expect(home.holds('203.0.113.7')).toBe(false)
    expect(readRange('203.0.113.0/24').holds('::ffff:203.0.113.200')).toBe(true)
    expect(readRange('203.0.113.7').holds('203.0.113.8')).toBe(false)
    expect(readRange('203.0.113.7').holds('unknown')).toBe(false)
  })
})
