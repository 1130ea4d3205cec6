/*
 * `npm run dev`: the demo with a small crowd, rebuilt and started again whenever a source changes.
 * A change to one part rebuilds that part only.
 */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { root } from './lib/run.mjs'
import { say } from './lib/say.mjs'

await ensureInstalled()
say('Every part in all its states: npx vite packages/console, then /console/stories')
const { ensureBuilt } = await import('./build.mjs')

let demo
let changed = true
let wake = () => {}

const start = () => {
  demo = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join(root, 'demo/src/main.ts'),
      '--visitors',
      '30',
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  )
}

const stop = () =>
  new Promise((resolve) => {
    if (!demo || demo.exitCode !== null) return resolve()
    demo.once('exit', resolve)
    demo.kill('SIGTERM')
  })

for (const folder of ['packages', 'demo/src', 'bench/src']) {
  watch(join(root, folder), { recursive: true }, (_event, file) => {
    if (!file || /(^|\/)(dist|node_modules)\/|\.test\.tsx?$/.test(file)) return
    changed = true
    wake()
  })
}
process.on('SIGINT', () => void stop().then(() => process.exit(0)))

while (true) {
  if (!changed) {
    await new Promise((resolve) => {
      wake = resolve
    })
    // Editors write several files at once.
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  changed = false
  await stop()
  await ensureBuilt().then(start, (error) => say(String(error)))
}
