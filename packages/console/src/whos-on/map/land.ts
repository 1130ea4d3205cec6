import { type GeoContext, geoMercator, geoPath } from 'd3-geo'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import fine from 'world-atlas/countries-50m.json?url'
import coarse from 'world-atlas/countries-110m.json?url'
import { WORLD } from './camera.ts'

/** Shapes of the land, projected once; from then on the camera is a transform. */
export type Land = { land: Path2D; borders: Path2D }

/** Rough shapes for the first picture, then good ones. From our own origin, like everything here. */
export async function* loadLand(signal: AbortSignal): AsyncGenerator<Land> {
  yield await load(coarse, signal)
  yield await load(fine, signal)
}

async function load(url: string, signal: AbortSignal): Promise<Land> {
  const answer = await fetch(url, { signal })
  const topology = (await answer.json()) as Topology<{ countries: GeometryCollection }>
  const { countries } = topology.objects
  const land = new Path2D()
  const borders = new Path2D()
  // d3-geo cuts what was stitched across the antimeridian; other renderers draw bars there.
  const projection = geoMercator()
    .scale(WORLD / 2 / Math.PI)
    .translate([WORLD / 2, WORLD / 2])
    .clipExtent([
      [0, 0],
      [WORLD, WORLD],
    ])
  geoPath(projection, into(land))(feature(topology, countries))
  geoPath(projection, into(borders))(mesh(topology, countries, (a, b) => a !== b))
  return { land, borders }
}

/** d3-geo draws on a context; a path is one, but for a beginning it does not need. */
const into = (path: Path2D): GeoContext => ({
  beginPath() {},
  moveTo: (x, y) => path.moveTo(x, y),
  lineTo: (x, y) => path.lineTo(x, y),
  arc: (x, y, radius, start, end) => path.arc(x, y, radius, start, end),
  closePath: () => path.closePath(),
})

export function drawLand(
  canvas: HTMLCanvasElement,
  { land, borders }: Land,
  { x, y, k, width, height }: { x: number; y: number; k: number; width: number; height: number },
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const ratio = window.devicePixelRatio || 1
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio)
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio)
  const colours = getComputedStyle(canvas)
  const sea = colours.getPropertyValue('--map-sea')
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.fillStyle = sea
  context.fillRect(0, 0, canvas.width, canvas.height)
  const scale = k * ratio
  context.setTransform(
    scale,
    0,
    0,
    scale,
    (width / 2 - x * k) * ratio,
    (height / 2 - y * k) * ratio,
  )
  context.fillStyle = colours.getPropertyValue('--map-land')
  context.fill(land)
  context.lineWidth = 0.8 / k
  context.strokeStyle = sea
  context.stroke(borders)
}
