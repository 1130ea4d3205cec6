import type { Figures } from '../report/figures.ts'

/** Something the bench measures, on servers of its own, with its own place on the page. */
export type Part = {
  /** As on the command line. */
  name: string
  title: string
  /** What is done, and from when until when the clock runs. */
  how: string
  /** Where its budget is missed: what stands in the way. */
  why?: string
  /** How cost grows: measured when asked for. */
  curve?: boolean
  run(figures: Figures): Promise<void>
}

/** Below 1 to try the bench itself out, in a minute and without writing anything. */
export const SCALE = Number(process.env.BENCH_SCALE ?? 1)
export const scaled = (most: number): number => Math.max(10, Math.round(most * SCALE))

/** Where the simulated visitors' pages stand. */
export const ORIGIN = 'http://127.0.0.1:4101'
