import type { Section } from './figures.ts'

export type Told = { name: string; title: string; how: string; why?: string }
export type Sections = Readonly<Record<string, Section>>

/** docs/performance.md: what is measured now beside what was committed last. */
export function pageOf(of: { parts: readonly Told[]; now: Sections; before: Sections }): string {
  const { parts, now, before } = of
  const measured = parts.filter(({ name }) => now[name])
  return `# Performance

Written by \`npm run bench\`, together with the charts; nothing here is written by hand. Load generator, browser and server share the machine, so every figure is what is left after the load's own cost, and stands beside a baseline of the same run where there is one. “Before” is what was committed last. To send load of your own, see [load.md](load.md).

\`npm run bench\` measures the budgets, \`npm run bench -- curves\` how cost grows with work, \`npm run bench -- NAME …\` single parts (${parts.map(({ name }) => `\`${name}\``).join(', ')}). Each part keeps its last figures, with their date.

## What is missed

${missed(of)}

${measured.map((part) => sectionText(part, now, before)).join('\n\n')}
`
}

function missed({ parts, now }: { parts: readonly Told[]; now: Sections }): string {
  const lines = parts.flatMap(({ name, title, why }) => {
    const section = now[name]
    if (!section) return [`- **${title}** was not measured: \`npm run bench -- ${name}\`.`]
    const rows = section.rows
      .filter((row) => row.missed)
      .map((row) => `${row.what}: ${row.value}, budget ${row.budget} (${row.missed})`)
    if (rows.length === 0) return []
    return [`- **${title}.** ${rows.join('; ')}.${why ? ` ${why}` : ''}`]
  })
  return lines.length > 0 ? lines.join('\n') : 'Nothing: every figure is within its budget.'
}

function sectionText({ name, title, how }: Told, now: Sections, before: Sections): string {
  const section = now[name] as Section
  const earlier = new Map(before[name]?.rows.map((row) => [row.what, row.value]))
  const rows = section.rows.map(
    (row) => `| ${row.what} | ${row.value} | ${earlier.get(row.what) ?? ''} | ${row.budget} |`,
  )
  const table = ['| what | measured | before | budget |', '|---|---|---|---|', ...rows].join('\n')
  const pictures = section.charts.map(({ id, title: what }) => `![${what}](charts/${id}.svg)`)
  return [
    `## ${title}`,
    how,
    ...pictures,
    ...(rows.length > 0 ? [table] : []),
    `${section.date}, ${Math.round(section.seconds)} s; ${section.machine}.`,
  ].join('\n\n')
}
