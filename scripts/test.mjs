/*
 * `npm test`: the checks and every test, on a clean checkout. `npm run e2e`: the journeys alone.
 * Ends with one line: N passed, N failed, N skipped. With CI=true a skipped test is a failure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { tool } from './lib/run.mjs'
import { elapsed, say } from './lib/say.mjs'
import { ensureSystem } from './lib/system.mjs'
import { createTotals } from './lib/totals.mjs'

const [only, ...more] = process.argv.slice(2)
await ensureInstalled()
await ensureSystem()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()

const totals = createTotals({ ci: process.env.CI === 'true' })
if (only) {
  await runTests(only, more)
} else {
  const { check } = await import('./check.mjs')
  // Journeys mostly wait, for people and for deadlines: the others take the time that leaves.
  const behind = { eachLine: say, behind: true }
  await Promise.all([
    runTests('e2e', [], { eachLine: say }),
    runTests('server', [], behind),
    check({ behind: true })
      .then((failed) => totals.fail(failed))
      .then(() => runTests('unit', [], behind))
      .then(() => runTests('browser', [], behind)),
  ])
}

/** Runs a project of vitest.config.ts. */
async function runTests(project, args, how) {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-test-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await tool(
    'vitest/vitest.mjs',
    ['run', '--project', project, ...reporters, ...args],
    how,
  )
  totals.add(project, reportIn(file), code)
  rmSync(folder, { recursive: true, force: true })
}

/** None where the run ended before it was written. */
function reportIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const { notes, line, code } = totals.end()
for (const note of notes) say(`\n${note}`)
say(`\nAfter ${elapsed()}:`)
say(line)
process.exit(code)
