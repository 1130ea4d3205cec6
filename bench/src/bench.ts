/*
 * `npm run bench`: measures every budget beside its baseline and writes docs/performance.md, its
 * charts and docs/performance.json. `-- curves` measures how cost grows, `-- NAME …` single parts,
 * `-- all` everything; `--dry` writes nothing.
 */
import { parseArgs } from 'node:util'
import { online } from './parts/crowd.ts'
import { curves } from './parts/curves.ts'
import { elsewhere } from './parts/elsewhere.ts'
import { files } from './parts/files.ts'
import { idle } from './parts/idle.ts'
import { list } from './parts/list.ts'
import { many, nodes } from './parts/many.ts'
import { messages } from './parts/messages.ts'
import { page } from './parts/page.ts'
import { type Part, SCALE } from './parts/part.ts'
import { reload } from './parts/reload.ts'
import { throughput } from './parts/throughput.ts'
import { createFigures, type Section } from './report/figures.ts'
import { machine, write } from './report/shelf.ts'
import { stopTheRest } from './running.ts'

const PARTS: readonly Part[] = [
  files,
  page,
  online,
  reload,
  throughput,
  messages,
  idle,
  elsewhere,
  many,
  nodes,
  list,
  ...curves,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dry: { type: 'boolean', default: false } },
})
const unknown = positionals.filter(
  (name) => !['all', 'curves'].includes(name) && !PARTS.some((part) => part.name === name),
)
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')}: ${PARTS.map(({ name }) => name).join(', ')}.`,
  )
  process.exit(1)
}
const isAsked = ({ name, curve = false }: Part) =>
  positionals.length === 0
    ? !curve
    : positionals.includes('all') ||
      positionals.includes(name) ||
      (curve && positionals.includes('curves'))

const fresh: Record<string, Section> = {}
let failed = 0
for (const part of PARTS.filter(isAsked)) {
  console.log(part.title)
  const from = performance.now()
  const figures = createFigures((line) => console.log(line))
  try {
    await part.run(figures)
  } catch (error) {
    failed += 1
    console.error('  This part could not be measured:', error)
    // No figure is better than an old one that looks current.
    await stopTheRest()
    figures.note(part.title, 'not measured', { text: 'measured', got: Number.NaN, most: 0 })
  }
  const seconds = (performance.now() - from) / 1_000
  console.log(`  (${Math.round(seconds)} s)`)
  fresh[part.name] = {
    date: new Date().toISOString().slice(0, 10),
    machine,
    seconds,
    rows: [...figures.rows],
    charts: [...figures.charts],
  }
}
if (!values.dry && SCALE === 1) write(PARTS, fresh)
process.exit(failed > 0 ? 1 : 0)
