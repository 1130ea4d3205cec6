import { join } from 'node:path'
import { ensureInstalled } from './prepare.mjs'
import { root, run } from './run.mjs'
import { ensureSystem } from './system.mjs'

/** Builds what is stale and runs a file of bench/src; arguments of the command go on after --. */
export async function runBench(file) {
  await ensureInstalled()
  await ensureSystem()
  const { ensureBuilt } = await import('../build.mjs')
  await ensureBuilt()
  const { code } = await run(process.execPath, [
    '--import',
    'tsx',
    join(root, 'bench/src', file),
    ...process.argv.slice(2),
  ])
  process.exit(code)
}
