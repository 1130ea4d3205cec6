import { useEffect, useReducer, useRef } from 'react'
import { onlineHistory, type Point } from './online-history.ts'

const WIDTH = 74
const HEIGHT = 20

/** The last half hour of people online, as far as this page has watched. A picture of the figure beside it. */
export function Sparkline({ online, at }: { online: number; at: number }) {
  const history = useRef<Point[]>(kept)
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    history.current = onlineHistory(history.current, { at, online })
    kept = history.current
    redraw()
  }, [online, at])
  const points = history.current
  if (points.length < 2) return null
  const line = linePath(points)
  const end = line.at(-1)
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden className="flex-none max-[1180px]:hidden">
      <polyline
        points={line.map(([x, y]) => `${x},${y}`).join(' ')}
        fill="none"
        strokeWidth="1.6"
        strokeLinejoin="round"
        className="stroke-accent"
      />
      {end && <circle cx={end[0]} cy={end[1]} r="2.3" className="fill-accent" />}
    </svg>
  )
}

// Survives leaving the screen and coming back; a reload begins anew, and the line says no more than it knows.
let kept: Point[] = []

function linePath(points: readonly Point[]): [number, number][] {
  const first = points[0]?.at ?? 0
  const span = Math.max(1, (points.at(-1)?.at ?? 0) - first)
  const values = points.map(({ online }) => online)
  const low = Math.min(...values)
  const range = Math.max(1, Math.max(...values) - low)
  return points.map(({ at, online }) => [
    Math.round(((at - first) / span) * (WIDTH - 6) * 10) / 10 + 3,
    Math.round((HEIGHT - 4 - ((online - low) / range) * (HEIGHT - 8)) * 10) / 10,
  ])
}
