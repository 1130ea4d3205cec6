/** A figure's limit, and the number that is held against it. */
export type Budget = { text: string; got: number } & ({ most: number } | { least: number })

type Row = { what: string; value: string; budget: string; missed?: string }

/** The rows of the report; which of them miss their budget is worked out, not written by hand. */
export function createFigures(say: (line: string) => void) {
  const rows: Row[] = []
  return {
    rows,
    note(what: string, value: string, budget?: Budget): void {
      const missed = budget && missedBy(budget)
      rows.push({ what, value, budget: budget?.text ?? '', ...(missed ? { missed } : {}) })
      say(
        `${what}: ${value}${budget ? `   (budget ${budget.text}${missed ? `, ${missed}` : ''})` : ''}`,
      )
    },
    table: (): string =>
      rows.map(({ what, value, budget }) => `| ${what} | ${value} | ${budget} |`).join('\n'),
    missed(): string {
      const lines = rows
        .filter(({ missed }) => missed)
        .map(
          ({ what, value, budget, missed }) => `- ${what}: ${value}, budget ${budget} (${missed}).`,
        )
      return lines.length > 0 ? lines.join('\n') : 'Nothing: every figure is within its budget.'
    },
  }
}

/** How far beyond its limit, or undefined within it. A figure that could not be measured misses. */
function missedBy(budget: Budget): string | undefined {
  const { got } = budget
  const limit = 'most' in budget ? budget.most : budget.least
  if (Number.isNaN(got)) return 'not measured'
  if ('most' in budget ? got <= limit : got >= limit) return undefined
  const share = Math.max(1, Math.round((Math.abs(got - limit) / limit) * 100))
  return `${share} % ${'most' in budget ? 'above' : 'below'}`
}
