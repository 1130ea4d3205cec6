/* `npm run check`: everything that can be known without running the product. */
import { join } from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { root, tool } from './lib/run.mjs'
import { say, step } from './lib/say.mjs'

/** The long ones first: two checks run at a time. */
const tsconfigs = ['server', 'console', 'widget', 'protocol', 'client', 'tracker']
  .map((name) => `packages/${name}`)
  .concat(['packages/protocol/conformance', 'bench', 'demo', 'e2e'])

/**
 * What was found last time is kept, so that only what changed is looked at again. The compiler is
 * the native one; the one in JavaScript stays for the tools that read sources through it.
 */
const types = (path, how) =>
  tool(
    'typescript-7/bin/tsc',
    [
      ...['-p', join(root, path), '--incremental', '--tsBuildInfoFile'],
      join(root, 'node_modules/.cache/beckon/types', `${path.replaceAll('/', '-')}.json`),
    ],
    how,
  )

const checks = [
  [
    'format and lint',
    (how) => tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'], how),
  ],
  ...tsconfigs.map((path) => [`types of ${path}`, (how) => types(path, how)]),
  [
    'import arrows',
    (how) =>
      tool(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        ['--config', '.dependency-cruiser.cjs', 'packages', 'bench', 'demo', 'e2e'],
        how,
      ),
  ],
  ['dead code', (how) => tool('knip/bin/knip.js', [], how)],
  [
    'bundle sizes',
    async (how) => {
      const { ensureBuilt } = await import('./build.mjs')
      await ensureBuilt()
      const result = await tool('size-limit/bin.js', [], how)
      say(result.output.replace(/\n\s*\n/g, '\n').trimEnd())
      return result
    },
  ],
]

/** Answers the titles of the checks that failed, each printed. `behind`: others come first. */
export async function check({ behind = false } = {}) {
  const waiting = [...checks]
  const failed = []
  async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [title, look] = next
      const { code, output } = await step(`Checking ${title}`, () => look({ quiet: true, behind }))
      if (code === 0) continue
      failed.push(title)
      say(`${output}\n✗ ${title}`)
    }
  }
  await Promise.all([work(), work()])
  return failed
}

if (process.argv[1] === join(root, 'scripts/check.mjs')) {
  await ensureInstalled()
  const failed = await check()
  say(
    failed.length > 0
      ? `\n${failed.length} of ${checks.length} checks failed`
      : `\nAll ${checks.length} checks passed`,
  )
  process.exit(failed.length > 0 ? 1 : 0)
}
