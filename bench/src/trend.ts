/** The line through points by least squares, and how steep it may be at most (97.5 % sure). */
export function trend(points: readonly { x: number; y: number }[]): {
  slope: number
  steepest: number
} {
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)]
  const width = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  if (points.length < 3 || width === 0) return { slope: 0, steepest: Number.POSITIVE_INFINITY }
  const slope = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / width
  const rest = points.reduce((sum, point) => sum + (point.y - y - slope * (point.x - x)) ** 2, 0)
  const error = Math.sqrt(rest / (points.length - 2) / width)
  return { slope, steepest: slope + 1.96 * error }
}
