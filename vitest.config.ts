import { defineConfig } from 'vitest/config'

const unit = {
  include: [
    'packages/**/*.test.{ts,tsx}',
    'bench/**/*.test.ts',
    'demo/**/*.test.ts',
    'scripts/**/*.test.ts',
  ],
  exclude: ['**/node_modules/**', '**/dist/**', 'packages/{tracker,widget,console}/test/**'],
}

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', ...unit, maxWorkers: 2, testTimeout: 20_000 } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['packages/{tracker,widget,console}/test/**/*.test.{ts,tsx}'],
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          // Two files at a time: journeys mostly wait, for people and for deadlines.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
