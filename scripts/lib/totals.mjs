/** Adds up what the parts of `npm test` found and says it in the one last line. */
export function createTotals({ ci = false } = {}) {
  const totals = { passed: 0, failed: 0, skipped: 0 }
  const notes = []
  return {
    /** Failures that no test report knows of, such as a failed check. */
    fail(count) {
      totals.failed += count
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
