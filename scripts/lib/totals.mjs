import { relative } from 'node:path'
import { root } from './run.mjs'

/** Adds up what the parts of `npm test` found and says it in the one last line. */
export function createTotals({ ci = false } = {}) {
  const totals = { passed: 0, failed: 0, skipped: 0 }
  const notes = []
  return {
    /** Failures that no test report knows of, such as failed checks, by their titles. */
    fail(titles) {
      totals.failed += titles.length
      notes.push(...titles.map((title) => `✗ ${title}`))
    },
    /**
     * A run of vitest: its JSON report, nothing if it left none, and its exit code. One that fails
     * without a failed test is a failure itself.
     */
    add(project, report, code) {
      const failed = report?.numFailedTests ?? 0
      totals.passed += report?.numPassedTests ?? 0
      totals.failed += failed
      totals.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
      notes.push(...failuresOf(project, report))
      if (report && (code === 0 || failed > 0)) return
      totals.failed += 1
      notes.push(
        report
          ? `${project}: failed without a failed test; the reason stands above.`
          : `${project}: the run left no report.`,
      )
    },
    end() {
      const failed = totals.failed + (ci ? totals.skipped : 0)
      if (ci && totals.skipped > 0) {
        notes.push(`${totals.skipped} tests were skipped, and in CI a skip is a failure.`)
      }
      return {
        notes,
        line: `${totals.passed} passed, ${failed} failed, ${totals.skipped} skipped`,
        code: failed > 0 ? 1 : 0,
      }
    },
  }
}

/** Where each failed test is, what it is called and the first line of why: a run is long to search. */
const failuresOf = (project, report) =>
  (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => {
        const why = failureMessages[0]?.split('\n', 1)[0] ?? 'no reason given'
        return `✗ ${project} ${relative(root, name)}\n  ${fullName}\n  ${why}`
      }),
  )
