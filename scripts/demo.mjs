/* `npm run demo`: builds what is stale and opens the demo. Arguments go on: -- --visitors 500 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { root } from './lib/run.mjs'

await ensureInstalled()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()
const demo = spawn(
  process.execPath,
  ['--import', 'tsx', join(root, 'demo/src/main.ts'), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => demo.kill(signal))
demo.on('exit', (code) => process.exit(code ?? 0))
