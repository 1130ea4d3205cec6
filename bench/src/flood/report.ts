import type { Flooded } from './flood.ts'

const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))

/** What a flood has counted, as lines for a terminal. */
export function reportOf(flooded: Flooded, loopDelays: readonly number[]): string {
  const { peak, views, seconds, loadCores, processes, interval } = flooded
  const took = Object.entries(flooded.took).filter(([, { count }]) => count > 0)
  const width = Math.max(...took.map(([what]) => what.length))
  const row = (what: string, cells: readonly string[]) =>
    `  ${what.padEnd(width)}${cells.map((cell) => cell.padStart(9)).join('')}`
  const troubles = Object.entries(flooded.troubles).sort(([, a], [, b]) => b - a)
  return [
    '',
    `${peak.toLocaleString('en-GB')} visitors at most, ${(views / seconds).toFixed(0)} page views a second for ${seconds.toFixed(0)} s`,
    `sending took ${loadCores.toFixed(2)} cores in ${processes} processes; agents' frames at least every ${interval} ms`,
    ...loopDelays.map((delay, node) => `loop delay p99 of server ${node + 1}: ${ms(delay)} ms`),
    '',
    row('milliseconds', ['count', 'p50', 'p95', 'p99', 'max']),
    ...took.map(([what, { count, p50, p95, p99, max }]) =>
      row(what, [String(count), ms(p50), ms(p95), ms(p99), ms(max)]),
    ),
    '',
    troubles.length === 0
      ? 'Nobody lost a connection and nothing was refused.'
      : `What did not go well: ${troubles.map(([name, times]) => `${name} (${times})`).join(', ')}.`,
  ].join('\n')
}
