/* `npm run check`: everything that can be known without running the product. */
import { join } from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { root, tool } from './lib/run.mjs'
import { say, step } from './lib/say.mjs'

const tsconfigs = ['protocol', 'client', 'tracker', 'widget', 'console', 'server']
  .map((name) => `packages/${name}`)
  .concat(['packages/protocol/conformance', 'bench', 'demo', 'e2e'])

const checks = [
  [
    'format and lint',
    () => tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'], { quiet: true }),
  ],
  ...tsconfigs.map((path) => [
    `types of ${path}`,
    () => tool('typescript/bin/tsc', ['-p', join(root, path)], { quiet: true }),
  ]),
  [
    'import arrows',
    () =>
      tool(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        ['--config', '.dependency-cruiser.cjs', 'packages', 'bench', 'demo', 'e2e'],
        { quiet: true },
      ),
  ],
  ['dead code', () => tool('knip/bin/knip.js', [], { quiet: true })],
  [
    'bundle sizes',
    async () => {
      const { ensureBuilt } = await import('./build.mjs')
      await ensureBuilt()
      const result = await tool('size-limit/bin.js', [], { quiet: true })
      say(result.output.replace(/\n\s*\n/g, '\n').trimEnd())
      return result
    },
  ],
]

/** Answers how many checks failed; each failure has been printed. */
export async function check() {
  let failed = 0
  for (const [title, work] of checks) {
    const { code, output } = await step(`Checking ${title}`, work)
    if (code !== 0) {
      failed += 1
      say(`${output}\n✗ ${title}`)
    }
  }
  return failed
}

if (process.argv[1] === join(root, 'scripts/check.mjs')) {
  await ensureInstalled()
  const failed = await check()
  say(
    failed
      ? `\n${failed} of ${checks.length} checks failed`
      : `\nAll ${checks.length} checks passed`,
  )
  process.exit(failed ? 1 : 0)
}
