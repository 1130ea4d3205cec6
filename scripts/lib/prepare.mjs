import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'
import { say, step, stop } from './say.mjs'

/** Stops with a sentence on a Node that the parts do not support. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(
      `Beckon needs Node 20.19 or newer; this is ${process.version}. Install a newer Node and run the command again.`,
    )
  }
}

/**
 * Installs the dependencies when they are missing or belong to another lock file or Node version.
 * The SQLite driver is compiled for one Node version, so the stamp names it.
 */
export async function ensureInstalled() {
  requireNode()
  const stampFile = join(root, 'node_modules', '.beckon-installed')
  const stamp = hash(readFileSync(join(root, 'package-lock.json'))) + process.versions.modules
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const install = async () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const { code, output } = await run(
      npm,
      ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
      // The driver's compiler may use every core.
      { quiet: true, env: { JOBS: 'max' } },
    )
    if (code === 0) return
    say(output)
    stop(
      'The dependencies could not be installed; the reason stands above. The SQLite driver needs python3, make and a C++ compiler where no prebuilt one can be fetched.',
    )
  }
  const hint = 'once; compiling the SQLite driver can take a minute'
  await step('Installing dependencies', install, hint)
  writeFileSync(stampFile, stamp)
}

const hash = (data) => createHash('sha256').update(data).digest('hex').slice(0, 32)

/** A fingerprint of every file below the folders: names and contents. */
export function fingerprint(folders) {
  const sum = createHash('sha256')
  const visit = (path) => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== 'node_modules' && name !== 'dist') visit(join(path, name))
      }
    } else {
      sum.update(path.slice(root.length)).update(readFileSync(path))
    }
  }
  for (const folder of folders) visit(join(root, folder))
  return sum.digest('hex').slice(0, 32)
}
