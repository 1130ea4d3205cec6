/** Latencies in milliseconds and their percentiles. Keeps every value: runs are bounded. */
export type Histogram = {
  add(ms: number): void
  readonly count: number
  /** The value that `share` of all values do not exceed; NaN when empty. */
  percentile(share: number): number
  summary(): { count: number; p50: number; p95: number; p99: number; max: number }
}

export function histogram(): Histogram {
  const values: number[] = []
  let sorted = true
  const percentile = (share: number) => {
    if (!sorted) {
      values.sort((a, b) => a - b)
      sorted = true
    }
    return values[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)] ?? Number.NaN
  }
  return {
    add(ms) {
      values.push(ms)
      sorted = false
    },
    get count() {
      return values.length
    },
    percentile,
    summary: () => ({
      count: values.length,
      p50: percentile(0.5),
      p95: percentile(0.95),
      p99: percentile(0.99),
      max: percentile(1),
    }),
  }
}
