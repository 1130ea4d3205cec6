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
const suite = ({
  files,
  did,
  ...scenario
}: Omit<Scenario, 'within' | 'run'> & {
  files: readonly string[]
  did: Readonly<Record<Size, string>>
}): Scenario => ({
  ...scenario,
  within: { short: 180, full: 1_200 },
  async run({ profile, size }) {
    const { passed, faults } = await runTests(files, profile, size)
    const where = profile === 'embedded' ? 'the embedded database' : 'PostgreSQL'
    return { figures: `${did[size]}, on ${where}; ${passed} tests`, faults }
  },
})

export const r08 = suite({
  id: 'R8',
  title: 'snapshot and events are the next snapshot',
  profiles: EVERYWHERE,
  files: ['law', 'whos-on-law', 'simulation'],
  did: {
    short: '50 random histories of the list, 220 random acts on the whole product',
    full: '5,000 random histories of the list, 2,000 random acts on the whole product',
  },
})

export const r14 = suite({
  id: 'R14',
  title: 'each statement of a chat fails once',
  profiles: ['embedded'],
  files: ['io-errors'],
  did: { short: 'every third statement of a chat', full: 'every statement of a chat' },
})

async function runTests(
  files: readonly string[],
  profile: Profile,
  size: Size,
): Promise<Pick<Found, 'faults'> & { passed: number }> {
  const report = join(tmpdir(), `beckon-suite-${process.pid}.json`)
  const vitest = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--project', 'server', '--reporter', 'json', '--outputFile', report],
      ...files.map((name) => `packages/server/test/${name}.test.ts`),
    ],
    {
      cwd: root,
      stdio: 'ignore',
      env: {
        ...process.env,
        BECKON_TEST_DATABASE: profile === 'embedded' ? 'sqlite' : 'postgres',
        ...(size === 'full' && { BECKON_TEST_LONG: '1' }),
      },
    },
  )
  await once(vitest, 'exit')
  const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  rmSync(report)
  return {
    passed: numPassedTests,
    faults: testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(
          ({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.split('\n')[0]}`,
        ),
    ),
  }
}
