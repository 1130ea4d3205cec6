import type { Chart } from './chart.ts'

/** A figure's limit, and the number that is held against it. */
export type Budget = { text: string; got: number } & ({ most: number } | { least: number })

export type Row = {
  what: string
  value: string
  budget: string
  /** How far beyond its budget. */
  missed?: string
}

/** What one part of the bench has measured. */
export type Section = {
  date: string
  machine: string
  seconds: number
  rows: Row[]
  charts: Chart[]
}

export type Figures = ReturnType<typeof createFigures>

/** The rows of a part; which of them miss their budget is worked out, not written by hand. */
export function createFigures(say: (line: string) => void) {
  const rows: Row[] = []
  const charts: Chart[] = []
  return {
    rows: rows as readonly Row[],
    charts: charts as readonly Chart[],
    note(what: string, value: string, budget?: Budget): void {
      const missed = budget && missedBy(budget)
      rows.push({ what, value, budget: budget?.text ?? '', ...(missed ? { missed } : {}) })
      say(
        `  ${what}: ${value}${budget ? `   (budget ${budget.text}${missed ? `, ${missed}` : ''})` : ''}`,
      )
    },
    chart(chart: Chart): void {
      charts.push(chart)
    },
  }
}

/** How far beyond its limit, or undefined within it. A figure that could not be measured misses. */
function missedBy(budget: Budget): string | undefined {
  const { got } = budget
  const limit = 'most' in budget ? budget.most : budget.least
  if (Number.isNaN(got)) return 'not measured'
  if ('most' in budget ? got <= limit : got >= limit) return undefined
  if (limit === 0) return 'not met'
  const share = Math.max(1, Math.round((Math.abs(got - limit) / limit) * 100))
  return `${share} % ${'most' in budget ? 'above' : 'below'}`
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB')
export const cores = (value: number): string => `${value.toFixed(2)} cores`
export const megabytes = (bytes: number): string => `${whole(bytes / 2 ** 20)} MB`
export const kilobytes = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KB`
