import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './lib/run.mjs'
import { createTotals } from './lib/totals.mjs'

const report = (numPassedTests: number, numFailedTests = 0, numPendingTests = 0) => ({
  numPassedTests,
  numFailedTests,
  numPendingTests,
  numTodoTests: 0,
})

const endOf = (ci: boolean, ...runs: [report: object | undefined, code: number][]) => {
  const totals = createTotals({ ci })
  for (const [one, code] of runs) totals.add('unit', one, code)
  return totals.end()
}

test('every run counts, and only a clean one ends with 0', () => {
  expect(endOf(false, [report(5), 0], [report(3, 0, 1), 0])).toMatchObject({
    line: '8 passed, 0 failed, 1 skipped',
    code: 0,
  })
  expect(endOf(false, [report(5), 0], [report(3, 2), 1])).toMatchObject({
    line: '8 passed, 2 failed, 0 skipped',
    code: 1,
  })
})

test('a run that left no report, or failed without a failed test, is a failure', () => {
  expect(endOf(false, [undefined, 0])).toMatchObject({ code: 1 })
  expect(endOf(false, [report(5), 1])).toMatchObject({
    line: '5 passed, 1 failed, 0 skipped',
    code: 1,
  })
})

test('in CI a skipped test is a failure', () => {
  expect(endOf(true, [report(5, 0, 2), 0])).toMatchObject({
    line: '5 passed, 2 failed, 2 skipped',
    code: 1,
  })
})

test('a failed check is a failure', () => {
  const totals = createTotals()
  totals.fail(['dead code'])
  totals.add('unit', report(5), 0)
  expect(totals.end()).toEqual({
    line: '5 passed, 1 failed, 0 skipped',
    code: 1,
    notes: ['✗ dead code'],
  })
})

test('the end names each failed test, where it is and why', () => {
  const totals = createTotals()
  totals.add(
    'unit',
    {
      ...report(1, 1),
      testResults: [
        {
          name: join(root, 'packages/x.test.ts'),
          assertionResults: [
            { status: 'passed', fullName: 'S1 it stands', failureMessages: [] },
            { status: 'failed', fullName: 'S2 it holds', failureMessages: ['Error: no\n  at x'] },
          ],
        },
      ],
    },
    1,
  )
  expect(totals.end().notes).toEqual(['✗ unit packages/x.test.ts\n  S2 it holds\n  Error: no'])
})
