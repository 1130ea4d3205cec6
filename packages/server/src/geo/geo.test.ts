import { describe, expect, test } from 'vitest'
import { createGeo, fakeGeo, placeKey } from './geo.ts'

describe('places of addresses', () => {
  test('W6 public addresses have a city once the data is loaded; asking too early is no fault', async () => {
    const geo = createGeo()
    const loaded = new Promise<void>((resolve) => geo.onLoad(resolve))
    expect(geo.locate('81.2.69.160')).toBeUndefined()
    await loaded
    const place = geo.locate('81.2.69.160')
    expect(place).toMatchObject({ country: 'GB', city: 'London' })
    expect(place?.key).toBe(placeKey(place?.lat, place?.lon))
    expect(geo.locate('81.2.69.160')).toBe(place)
  })

  test('private, loopback and nonsense have none and load nothing', () => {
    const geo = createGeo({ file: '/does/not/exist.mmdb' })
    for (const ip of [
      '127.0.0.1',
      '10.1.2.3',
      '192.168.0.1',
      '::1',
      'fe80::1',
      'fd00::1',
      '100.64.0.1',
      'x',
      '',
    ]) {
      expect(geo.locate(ip)).toBeUndefined()
    }
  })

  test('a missing file leaves everybody unlocated', async () => {
    const geo = createGeo({ file: '/does/not/exist.mmdb' })
    expect(geo.locate('81.2.69.160')).toBeUndefined()
    await new Promise(setImmediate)
    expect(geo.locate('81.2.69.160')).toBeUndefined()
  })

  test('the fake names its places like the real one', () => {
    const geo = fakeGeo({ '203.0.113.1': { city: 'Berlin', lat: 52.5, lon: 13.4 } })
    expect(geo.locate('203.0.113.1')).toMatchObject({ city: 'Berlin', key: '52.500:13.400' })
  })
})
