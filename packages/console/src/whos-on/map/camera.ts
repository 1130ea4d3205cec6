/**
 * Where the map looks: a point of the world and a magnification. The world is Mercator on a square
 * of 1024 by 1024, so that a camera is three numbers and drawing is one transform.
 */
export type Camera = { x: number; y: number; k: number }
export type Size = { width: number; height: number }

export const WORLD = 1_024
// Geo data knows the city and no more; nearer than this would only pretend.
export const NEAREST = 96

/** Longitude and latitude in the world's square. */
export function onWorld(lon: number, lat: number): [x: number, y: number] {
  // Mercator runs to infinity at the poles.
  const phi = (Math.max(-85, Math.min(85, lat)) * Math.PI) / 180
  const y = 0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)
  return [(lon / 360 + 0.5) * WORLD, y * WORLD]
}

export const onScreen = (camera: Camera, size: Size, [x, y]: readonly [number, number]) =>
  [(x - camera.x) * camera.k + size.width / 2, (y - camera.y) * camera.k + size.height / 2] as const

/**
 * Keeps the world in the picture: no farther than from its west to its east, no nearer than cities,
 * not beyond its edge. A tall screen has room above and below the whole of it.
 */
export function clamped({ x, y, k }: Camera, size: Size): Camera {
  const farthest = size.width / WORLD
  const near = Math.max(farthest, Math.min(NEAREST, k))
  const inside = (at: number, length: number) => {
    const half = length / 2 / near
    return half > WORLD / 2 ? WORLD / 2 : Math.max(half, Math.min(WORLD - half, at))
  }
  return { x: inside(x, size.width), y: inside(y, size.height), k: near }
}

export const panned = (camera: Camera, size: Size, [dx, dy]: readonly [number, number]): Camera =>
  clamped({ ...camera, x: camera.x - dx / camera.k, y: camera.y - dy / camera.k }, size)

/** Magnifies around a point of the screen, which stays where it is. */
export function zoomed(
  camera: Camera,
  size: Size,
  { by, at = [size.width / 2, size.height / 2] }: { by: number; at?: readonly [number, number] },
): Camera {
  const k = clamped({ ...camera, k: camera.k * by }, size).k
  const [px, py] = [at[0] - size.width / 2, at[1] - size.height / 2]
  const x = camera.x + px / camera.k - px / k
  const y = camera.y + py / camera.k - py / k
  return clamped({ x, y, k }, size)
}

export type Point = { x: number; y: number }

/** What one finger or several hold the map by: the point between them, and how far apart they are. */
export function grip(fingers: readonly Point[]): (Point & { apart: number }) | undefined {
  const [one, other] = fingers
  if (!one) return undefined
  if (!other) return { ...one, apart: 0 }
  const apart = Math.hypot(one.x - other.x, one.y - other.y)
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, apart }
}

/** Shows all these points with some air around them. */
export function showing(points: readonly (readonly [number, number])[], size: Size): Camera {
  if (points.length === 0) return clamped({ x: WORLD / 2, y: WORLD * 0.4, k: 0 }, size)
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  const AIR = 0.8
  const k = Math.min(
    (size.width * AIR) / Math.max(1, right - left),
    (size.height * AIR) / Math.max(1, bottom - top),
    24,
  )
  return clamped({ x: (left + right) / 2, y: (top + bottom) / 2, k }, size)
}

/** The magnification as a zoom level of the clusters: each level doubles, extent 512. */
export const zoomLevel = (k: number): number =>
  Math.max(0, Math.floor(Math.log2((k * WORLD) / 512)))
export const scaleOf = (zoom: number): number => (2 ** zoom * 512) / WORLD
