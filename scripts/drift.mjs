/* `npm run drift`: builds what is stale and runs bench/src/drift.ts. Arguments go on after --. */
import { join } from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { root, run } from './lib/run.mjs'
import { chromiumPath, ensureSystem } from './lib/system.mjs'

await ensureInstalled()
await ensureSystem()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()
const { code } = await run(
  process.execPath,
  ['--import', 'tsx', join(root, 'bench/src/drift.ts'), ...process.argv.slice(2)],
  { env: { BECKON_TEST_CHROMIUM: chromiumPath() ?? '' } },
)
process.exit(code)
