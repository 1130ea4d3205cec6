import type { Place } from '@beckon/protocol'
import Supercluster from 'supercluster'
import { NEAREST, zoomLevel } from './camera.ts'

export type Count = { active: number; pending: number; invited: number; inChat: number }

/** What stands at a spot of the map: one place, or several that are too close to tell apart. */
export type Mark = Count & {
  key: string
  lon: number
  lat: number
  total: number
  /** The place, when the mark is one. */
  place?: Place
  clusterId?: number
}

/** `first` of its places’ keys names a cluster: its number is another one when any place comes or goes. */
type Cluster = Count & { first: string }
type Bubble = Count & { key: string }

// As near as the camera goes: what is together then is in one city.
const NEAREST_LEVEL = zoomLevel(NEAREST)
const RADIUS = 46

export function createMarks(places: readonly Place[]) {
  const index = new Supercluster<Bubble, Cluster>({
    radius: RADIUS,
    extent: 512,
    maxZoom: NEAREST_LEVEL,
    map: ({ key, active, pending, invited, inChat }) => ({
      first: key,
      active,
      pending,
      invited,
      inChat,
    }),
    reduce: (sum, part) => {
      sum.active += part.active
      sum.pending += part.pending
      sum.invited += part.invited
      sum.inChat += part.inChat
      if (part.first < sum.first) sum.first = part.first
    },
  })
  const byKey = new Map(places.map((place) => [place.key, place]))
  index.load(
    places.map(({ key, lon, lat, active, pending, invited, inChat }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { key, active, pending, invited, inChat },
    })),
  )

  return {
    /** Marks of the whole world at a level, from west to east: the order of the Tab key. */
    at(level: number): Mark[] {
      return index
        .getClusters([-180, -85, 180, 85], Math.min(level, NEAREST_LEVEL + 1))
        .map((feature): Mark => {
          const [lon = 0, lat = 0] = feature.geometry.coordinates
          const { active, pending, invited, inChat } = feature.properties
          const count = { active, pending, invited, inChat, total: active + pending, lon, lat }
          if ('cluster_id' in feature.properties) {
            const { cluster_id: clusterId, first } = feature.properties
            return { ...count, key: `cluster ${first}`, clusterId }
          }
          const { key } = feature.properties
          const place = byKey.get(key)
          return { ...count, key, ...(place && { place }) }
        })
        .sort((a, b) => a.lon - b.lon)
    },
    /** The level at which a cluster falls apart; undefined when it never does. */
    opensAt(clusterId: number): number | undefined {
      const level = index.getClusterExpansionZoom(clusterId)
      return level > NEAREST_LEVEL ? undefined : level
    },
    placesOf: (clusterId: number): Place[] =>
      index
        .getLeaves(clusterId, Number.POSITIVE_INFINITY)
        .map(({ properties }) => byKey.get(properties.key))
        .filter((place) => place !== undefined),
  }
}

export const radiusOf = (total: number): number => Math.min(34, 9 + 2.35 * Math.sqrt(total))
