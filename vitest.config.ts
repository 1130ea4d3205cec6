import { defineConfig } from 'vitest/config'

/** Takes the place of what a module finds when it is loaded, so it needs modules of its own. */
const alone = 'packages/client/src/stream-carrier.test.ts'

const unit = {
  include: [
    'packages/**/*.test.{ts,tsx}',
    'bench/**/*.test.ts',
    'demo/**/*.test.ts',
    'scripts/**/*.test.ts',
  ],
  exclude: [
    '**/node_modules/**',
    '**/dist/**',
    'packages/{tracker,widget,console,server}/test/**',
    alone,
  ],
}

export default defineConfig({
  test: {
    // A fact that comes late on a busy machine has come.
    expect: { poll: { timeout: 40_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          ...unit,
          maxWorkers: 2,
          // What is imported once serves every file: no test may leave anything behind in a module.
          isolate: false,
          // Behind the journeys, on a busy machine, a second may take many.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['packages/server/test/**/*.test.ts'],
          maxWorkers: 2,
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['packages/{tracker,widget,console}/test/**/*.test.{ts,tsx}', alone],
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          // One for each core; what else is tested fills the time they wait.
          maxWorkers: 2,
          // A server, a browser and a website of its own is what keeps a journey apart.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
