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

const only = process.argv[2]
await ensureInstalled()
await ensureSystem()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()

const totals = { passed: 0, failed: 0, skipped: 0 }
if (!only) {
  const { check } = await import('./check.mjs')
  const failed = await check()
  totals.failed += failed
}

// The journeys share two cores with a browser: they run alone and after everything else.
for (const project of only ? [only] : ['unit', 'browser', 'e2e']) {
  say(`\n— ${project} —`)
  const folder = mkdtempSync(join(tmpdir(), 'beckon-test-'))
  const report = join(folder, 'report.json')
  const { code } = await tool('vitest/vitest.mjs', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(3),
  ])
  count(report, code)
  rmSync(folder, { recursive: true, force: true })
}

/** Adds a run's figures to the totals. A run that fails without a failed test is a failure itself. */
function count(report, code) {
  let result = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  try {
    result = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    say('The run left no report.')
  }
  totals.passed += result.numPassedTests
  totals.failed += result.numFailedTests
  totals.skipped += result.numPendingTests + result.numTodoTests
  if (code !== 0 && result.numFailedTests === 0) totals.failed += 1
}

if (process.env.CI === 'true' && totals.skipped > 0) {
  say(`\n${totals.skipped} tests were skipped, and in CI a skip is a failure.`)
  totals.failed += totals.skipped
}
say(`\nAfter ${elapsed()}:`)
say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed ? 1 : 0)
