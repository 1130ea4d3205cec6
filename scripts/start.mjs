/* `npm start`, `backup`, `restore`, `move`: installs what is missing, builds what is stale, runs the server. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { root } from './lib/run.mjs'

await ensureInstalled()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()

const server = spawn(
  process.execPath,
  ['--enable-source-maps', join(root, 'packages/server/dist/main.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 1)))
