const WIDTH = 74
const HEIGHT = 20
/** Fewer are a hook, not a line. */
const FEWEST = 3

type SparklineProps = { minutes: readonly number[]; online: number }

/** People online in the last half hour, minute by minute. A picture of the figure beside it. */
export function Sparkline({ minutes, online }: SparklineProps) {
  const line = sparkPoints([...minutes, online])
  const end = line.at(-1)
  if (!end || line.length < FEWEST) return null
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden className="flex-none max-[1180px]:hidden">
      <polyline
        points={line.map(([x, y]) => `${x},${y}`).join(' ')}
        fill="none"
        strokeWidth="1.6"
        strokeLinejoin="round"
        className="stroke-accent"
      />
      <circle cx={end[0]} cy={end[1]} r="2.3" className="fill-accent" />
    </svg>
  )
}

function sparkPoints(values: readonly number[]): [number, number][] {
  const low = Math.min(...values)
  const range = Math.max(1, Math.max(...values) - low)
  const step = (WIDTH - 6) / Math.max(1, values.length - 1)
  return values.map((value, at) => [
    Math.round((at * step + 3) * 10) / 10,
    Math.round((HEIGHT - 4 - ((value - low) / range) * (HEIGHT - 8)) * 10) / 10,
  ])
}
