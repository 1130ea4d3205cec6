import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Found, Profile, Scenario, Size } from './scenario.ts'

type Row = {
  id: string
  profile: Profile
  title: string
  size: Size
  date: string
  machine: string
  seconds: number
  /** How many wanted a processor at its end, the soak itself among them. */
  load: number
  figures: string
  passed: boolean
}

const at = (name: string) => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url))
const FROM = '<!-- soak: from here on written by npm run soak -->'
const TO = '<!-- soak: to here -->'

/** This machine in a few words. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`

/** Keeps the newest run of each scenario, profile and size, and writes the table of the page anew. */
export function keep(
  scenario: Scenario,
  run: { profile: Profile; size: Size; found: Found; seconds: number },
): void {
  const file = at('reliability.json')
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Row[]) : []
  const { profile, size, found } = run
  const row: Row = {
    id: scenario.id,
    profile,
    title: scenario.title,
    size,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    seconds: Math.round(run.seconds),
    load: Math.round(loadavg()[0] ?? 0),
    figures: found.figures + (found.faults.length > 0 ? `; ${found.faults[0]}` : ''),
    passed: found.faults.length === 0,
  }
  const others = before.filter(
    (one) => one.id !== row.id || one.profile !== row.profile || one.size !== row.size,
  )
  const rows = [...others, row].sort((one, other) => orderOf(one) - orderOf(other))
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`)
  const page = readFileSync(at('reliability.md'), 'utf8')
  const [head, rest = ''] = page.split(FROM)
  const [, tail = ''] = rest.split(TO)
  writeFileSync(at('reliability.md'), `${head}${FROM}\n\n${table(rows)}\n\n${TO}${tail}`)
}

const orderOf = ({ id, profile, size }: Row): number =>
  Number(id.slice(1)) * 10 + (profile === 'embedded' ? 0 : 2) + (size === 'full' ? 0 : 1)

function table(rows: readonly Row[]): string {
  const machines = [...new Set(rows.map((row) => row.machine))]
  const lines = rows.map(
    ({ id, title, profile, size, passed, figures, date, seconds, load }) =>
      `| ${id} ${title} | ${profile} | ${size} | ${passed ? 'passed' : '**FAILED**'} | ${figures} | ${date}, ${seconds} s, load ${load} |`,
  )
  return [
    `Machine: ${machines.join('; ')}. Load is how many wanted a processor at the end of the run; far above the number of cores, other work was going on and times say little.`,
    '',
    '| scenario | on | size | | found | run |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}
