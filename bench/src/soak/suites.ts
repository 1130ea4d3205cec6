import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EVERYWHERE, type Found, type Profile, type Scenario, type Size } from './scenario.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

type Report = {
  numPassedTests: number
  testResults: {
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

/** Scenarios that need the product in one process with the test: they are tests, asked for more. */
const suite = (
  asked: Omit<Scenario, 'within' | 'run'> & { files: readonly string[] },
): Scenario => ({
  ...asked,
  within: { short: 180, full: 600 },
  run: ({ profile, size }) => runTests(asked.files, profile, size),
})

export const r08 = suite({
  id: 'R8',
  title: 'snapshot and events are the next snapshot',
  profiles: EVERYWHERE,
  files: ['packages/server/test/law.test.ts', 'packages/server/test/whos-on-law.test.ts'],
})

export const r14 = suite({
  id: 'R14',
  title: 'each statement of a chat fails once',
  profiles: ['embedded'],
  files: ['packages/server/test/io-errors.test.ts'],
})

async function runTests(files: readonly string[], profile: Profile, size: Size): Promise<Found> {
  const report = join(tmpdir(), `beckon-suite-${process.pid}.json`)
  const vitest = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--project', 'server', '--reporter', 'json', '--outputFile', report],
      ...files,
    ],
    {
      cwd: root,
      stdio: 'ignore',
      env: {
        ...process.env,
        BECKON_TEST_DATABASE: profile === 'embedded' ? 'sqlite' : 'postgres',
        ...(size === 'full' && { BECKON_SOAK: '1' }),
      },
    },
  )
  await once(vitest, 'exit')
  const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  rmSync(report)
  return {
    figures: `${numPassedTests} tests in ${files.length} files, on ${profile === 'embedded' ? 'the embedded database' : 'PostgreSQL'}`,
    faults: testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(
          ({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.split('\n')[0]}`,
        ),
    ),
  }
}
