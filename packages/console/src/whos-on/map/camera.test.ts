import { describe, expect, test } from 'vitest'
import {
  clamped,
  grip,
  onScreen,
  onWorld,
  panned,
  scaleOf,
  showing,
  zoomed,
  zoomLevel,
} from './camera.ts'

const size = { width: 900, height: 700 }

describe('map camera', () => {
  test('W6 the point under the pointer stays there while zooming', () => {
    const camera = { x: 500, y: 400, k: 4 }
    const at = [700, 200] as const
    const place = onWorld(19.9, 50.06)
    const before = onScreen(camera, size, place)
    const after = onScreen(zoomed(camera, size, { by: 2, at: before }), size, place)
    expect(after[0]).toBeCloseTo(before[0], 6)
    expect(after[1]).toBeCloseTo(before[1], 6)
    expect(zoomed(camera, size, { by: 1.5, at }).k).toBe(6)
  })

  test('W6 the world never leaves the picture', () => {
    const far = clamped({ x: -500, y: 9_000, k: 0.01 }, size)
    expect(onScreen(far, size, [0, 0])[0]).toBeLessThanOrEqual(0)
    expect(onScreen(far, size, [1_024, 1_024])[1]).toBeGreaterThanOrEqual(size.height)
    expect(panned(far, size, [1e6, 1e6]).x).toBeCloseTo(far.x)
  })

  test('W6 showing everybody puts all of them inside', () => {
    const points = [onWorld(-74, 40.7), onWorld(139, 35), onWorld(151, -33)]
    const camera = showing(points, size)
    for (const point of points) {
      const [x, y] = onScreen(camera, size, point)
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(size.width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(size.height)
    }
  })

  test('W6 everybody is in sight on a tall screen too', () => {
    const phone = { width: 390, height: 620 }
    const points = [onWorld(-157, 21), onWorld(174, -41)]
    const camera = showing(points, phone)
    for (const point of points) {
      const [x] = onScreen(camera, phone, point)
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(phone.width)
    }
  })

  test('W6 two fingers hold the map between them', () => {
    expect(grip([])).toBeUndefined()
    expect(grip([{ x: 3, y: 4 }])).toEqual({ x: 3, y: 4, apart: 0 })
    expect(
      grip([
        { x: 0, y: 0 },
        { x: 6, y: 8 },
      ]),
    ).toEqual({ x: 3, y: 4, apart: 10 })
  })

  test('W6 poles and nobody are no trouble', () => {
    expect(onWorld(0, 90)[1]).toBeGreaterThan(-200)
    expect(showing([], size).k).toBeGreaterThan(0)
    expect(zoomLevel(scaleOf(5))).toBe(5)
  })
})
