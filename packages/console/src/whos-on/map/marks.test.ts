import type { Place } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { NEAREST, zoomLevel } from './camera.ts'
import { createMarks } from './marks.ts'

const a = (key: string, lat: number, lon: number, part: Partial<Place> = {}): Place => ({
  key,
  lat,
  lon,
  active: 1,
  pending: 0,
  invited: 0,
  inChat: 0,
  ...part,
})
const places = [
  a('krakow', 50.06, 19.94, { active: 3, pending: 1 }),
  a('katowice', 50.26, 19.02, { inChat: 1 }),
  a('pune', 18.52, 73.85),
  a('boston', 42.36, -71.06),
]
const marks = createMarks(places)

describe('map marks', () => {
  test('W6 no visitor is lost or doubled by clustering, at any level', () => {
    for (let level = 0; level <= 9; level++) {
      const all = marks.at(level)
      expect(all.reduce((sum, { total }) => sum + total, 0)).toBe(7)
      expect(all.reduce((sum, { inChat }) => sum + inChat, 0)).toBe(1)
    }
  })

  test('W6 neighbours are together from afar and apart from near', () => {
    const far = marks.at(2).find(({ clusterId }) => clusterId !== undefined)
    expect(far?.total).toBe(5)
    expect(
      marks
        .placesOf(far!.clusterId!)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['katowice', 'krakow'])
    const level = marks.opensAt(far!.clusterId!)!
    expect(marks.at(level).filter(({ place }) => place)).toHaveLength(4)
  })

  test('W6 what stays together as near as one can look is told apart in a list instead', () => {
    const nearest = zoomLevel(NEAREST)
    for (const apart of [0.5, 0.2, 0.1, 0.05, 0.01, 0]) {
      const two = createMarks([a('one', 40.4, -3.7), a('other', 40.4, -3.7 + apart)])
      const [mark] = two.at(nearest)
      const together = mark?.clusterId !== undefined
      // From afar a cluster says where it opens only if one can go there.
      const far = two.at(1)[0]!
      expect(two.opensAt(far.clusterId!) === undefined, `${apart}° apart`).toBe(together)
    }
  })

  test('W6 marks come from west to east', () => {
    expect(marks.at(9).map(({ key }) => key)).toEqual(['boston', 'katowice', 'krakow', 'pune'])
  })

  test('W6 a cluster keeps its name when places elsewhere come and go', () => {
    const nameOf = (all: Place[]) =>
      createMarks(all)
        .at(2)
        .find(({ clusterId }) => clusterId !== undefined)?.key
    const before = nameOf(places)
    expect(before).toBe('cluster katowice')
    expect(nameOf(places.filter(({ key }) => key !== 'boston').reverse())).toBe(before)
    expect(nameOf([a('lima', -12, -77), ...places])).toBe(before)
  })
})
