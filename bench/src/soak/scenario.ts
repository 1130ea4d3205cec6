/** QUALITY's two ways to run it: one process with its own database, or two with PostgreSQL and Redis. */
export type Profile = 'embedded' | 'two nodes'
export type Size = 'short' | 'full'

export type Asked = { profile: Profile; size: Size }

/** What was found. No faults: passed. */
export type Found = {
  /** One line of what was counted and measured. */
  figures: string
  faults: string[]
}

/** One of the reliability scenarios: what is done, and what must hold. */
export type Scenario = {
  id: string
  title: string
  profiles: readonly Profile[]
  /** Longest it may take, in seconds, by size. */
  within: Record<Size, number>
  /** What this machine does not have that it needs. */
  missing?(): string | undefined
  run(asked: Asked): Promise<Found>
}

export const EVERYWHERE: readonly Profile[] = ['embedded', 'two nodes']

export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB')
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
export const ms = (value: number): string => `${Math.round(value)} ms`
/** A fault where the figure is above what is allowed, or could not be measured. */
export const atMost = (what: string, got: number, most: number, unit = 'ms'): string[] =>
  got <= most ? [] : [`${what}: ${Math.round(got * 100) / 100} ${unit}, at most ${most} ${unit}`]
