import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressBlock, clientIp, parseTrust } from './client-ip.ts'

const seen = (setting: string | undefined, peer: string, forwarded?: string | string[]) =>
  clientIp(
    { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded as string }, peer },
    parseTrust(setting),
  )

describe('T27 client address', () => {
  const junk = [
    '6.6.6.6',
    '6.6.6.6, 7.7.7.7',
    '6.6.6.6:1234',
    '[2001:db8::1]:443',
    'unknown',
    '_hidden',
    '',
    ',',
    ', ,',
    'for=6.6.6.6',
    '127.0.0.1',
    '::1',
    '0x7f.1',
    '6.6.6',
    '999.1.1.1',
    'fe80::1%eth0',
  ]
  for (const header of junk) {
    test(`T27 with nobody trusted “${header}” is not believed`, () => {
      expect(seen(undefined, '203.0.113.9', header)).toBe('203.0.113.9')
      expect(seen(undefined, '203.0.113.9', [header, header])).toBe('203.0.113.9')
      expect(seen('0', '203.0.113.9', header)).toBe('203.0.113.9')
      expect(seen('10.0.0.0/8', '203.0.113.9', header)).toBe('203.0.113.9')
    })
  }

  const cases: [string, string, string | string[], string][] = [
    ['10.0.0.0/8', '10.1.2.3', '198.51.100.7', '198.51.100.7'],
    ['10.0.0.0/8', '10.1.2.3', '6.6.6.6, 198.51.100.7', '198.51.100.7'],
    ['10.0.0.0/8', '10.1.2.3', '6.6.6.6, 198.51.100.7, 10.9.9.9', '198.51.100.7'],
    ['10.0.0.0/8', '::ffff:10.1.2.3', '198.51.100.7', '198.51.100.7'],
    ['10.0.0.0/8', '10.1.2.3', ['6.6.6.6', '198.51.100.7'], '198.51.100.7'],
    ['10.0.0.0/8', '10.1.2.3', '198.51.100.7:51234', '198.51.100.7'],
    ['10.0.0.0/8', '10.1.2.3', '[2001:db8::7]:443', '2001:db8::7'],
    ['10.0.0.0/8', '10.1.2.3', 'fe80::7%eth0', 'fe80::7'],
    ['10.0.0.0/8', '10.1.2.3', '6.6.6.6, unknown', '10.1.2.3'],
    ['10.0.0.0/8', '10.1.2.3', '6.6.6.6, ', '10.1.2.3'],
    ['loopback', '::1', '198.51.100.7', '198.51.100.7'],
    ['loopback,10.0.0.0/8', '127.0.0.1', '198.51.100.7, 10.0.0.5', '198.51.100.7'],
    ['192.0.2.1', '192.0.2.1', '198.51.100.7', '198.51.100.7'],
    ['192.0.2.1', '192.0.2.2', '198.51.100.7', '192.0.2.2'],
    ['2001:db8::/32', '2001:db8::5', '198.51.100.7', '198.51.100.7'],
    ['1', '203.0.113.9', '6.6.6.6, 198.51.100.7', '198.51.100.7'],
    ['2', '203.0.113.9', '6.6.6.6, 198.51.100.7, 10.0.0.1', '198.51.100.7'],
    ['3', '203.0.113.9', '198.51.100.7', '198.51.100.7'],
  ]
  for (const [setting, peer, header, client] of cases) {
    test(`T27 trusting ${setting}, “${header}” through ${peer} is ${client}`, () => {
      expect(seen(setting, peer, header)).toBe(client)
    })
  }

  test('T27 without trust no header changes the address', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (header, peer) => {
        expect(seen(undefined, peer, header)).toBe(peer)
      }),
    )
  })

  test('T27 text in front of what the nearest proxy wrote changes nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (spoof, client) => {
        fc.pre(!client.startsWith('10.'))
        expect(seen('10.0.0.0/8', '10.0.0.1', `${spoof}, ${client}`)).toBe(client)
      }),
    )
  })

  test('T27 a range that is none is refused when it is read', () => {
    expect(() => parseTrust('10.0.0.0/99')).toThrow()
    expect(() => parseTrust('proxy.example')).toThrow()
  })
})

test('T12 an IPv6 household is one address block', () => {
  expect(addressBlock('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(addressBlock('2001:db8:1:2::')).toBe('2001:db8:1:2::/64')
  expect(addressBlock('::ffff:198.51.100.7')).toBe('198.51.100.7')
  expect(addressBlock('junk')).toBe('unknown')
})
