import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chartSvg } from './chart.ts'
import type { Section } from './figures.ts'
import { pageOf, type Sections, type Told } from './page.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const FILE = 'docs/performance.json'

export const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${process.platform}`

const sectionsIn = (json: string): Sections =>
  (JSON.parse(json) as { parts?: Sections }).parts ?? {}

/** What each part measured last, on this disk. */
function kept(): Sections {
  try {
    return sectionsIn(readFileSync(join(root, FILE), 'utf8'))
  } catch {
    return {}
  }
}

/** The same as it was committed last; nothing outside of a repository. */
function committed(): Sections {
  try {
    const show = ['show', `HEAD:${FILE}`]
    return sectionsIn(execFileSync('git', show, { cwd: root, encoding: 'utf8', stdio: 'pipe' }))
  } catch {
    return {}
  }
}

/** Puts the new figures to those of the other parts, and writes page and charts from all of them. */
export function write(parts: readonly Told[], fresh: Readonly<Record<string, Section>>): void {
  const names = new Set(parts.map(({ name }) => name))
  const all = Object.entries({ ...kept(), ...fresh }).filter(([name]) => names.has(name))
  const now = Object.fromEntries(all)
  mkdirSync(join(root, 'docs/charts'), { recursive: true })
  for (const { charts } of Object.values(now))
    for (const chart of charts)
      writeFileSync(join(root, `docs/charts/${chart.id}.svg`), chartSvg(chart))
  writeFileSync(join(root, FILE), `${JSON.stringify({ parts: now }, null, 2)}\n`)
  writeFileSync(join(root, 'docs/performance.md'), pageOf({ parts, now, before: committed() }))
}
