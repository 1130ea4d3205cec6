import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { freePort } from './free-port.ts'
import { OWNER } from './whole.ts'

/*
 * The server as a process of its own, which can be killed. It is bundled from the sources as they
 * are now, as the product's build does: starting must not take longer than the test that kills it.
 */

const root = fileURLToPath(new URL('../../..', import.meta.url))
const START_MS = 60_000
/** Made once for all children of a test file. */
let bundled: Promise<void> | undefined
let children = 0

export async function openChild(
  siteUrl: string,
  databaseUrl?: string,
  more: Readonly<Record<string, string>> = {},
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-child-'))
  // Inside the package, from where npm's packages and the browser files are found.
  const bundle = join(root, 'packages/server/test/dist', `child-${process.pid}`)
  bundled ??= bundleServer(bundle)
  await bundled
  children += 1
  const port = await freePort()
  const base = `http://localhost:${port}`
  let child: ChildProcess | undefined
  let said = ''

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [join(bundle, 'main.js')], {
      cwd: dataDir,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        BECKON_DATA_DIR: join(dataDir, 'data'),
        BECKON_ADMIN_EMAIL: OWNER.email,
        BECKON_ADMIN_PASSWORD: OWNER.password,
        BECKON_SITE_URL: siteUrl,
        BECKON_TRUST_PROXY: '1',
        ...(databaseUrl && { DATABASE_URL: databaseUrl }),
        ...more,
      },
    })
    child = started
    started.stderr?.on('data', (text) => {
      said = (said + text).slice(-4_000)
    })
    const until = performance.now() + START_MS
    while (!(await fetch(`${base}/readyz`).catch(() => undefined))?.ok) {
      if (started.exitCode !== null || performance.now() > until) {
        throw new Error(`the server did not start: ${said}`)
      }
      await pause(20)
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const exit = once(ending, 'exit')
    ending.kill(signal)
    await exit
  }

  await start()
  return {
    base,
    dataDir: join(dataDir, 'data'),
    start,
    end,
    /** Stands still, as in a machine that is paused, until told to go on. */
    freeze: () => child?.kill('SIGSTOP'),
    goOn: () => child?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await end('SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
      children -= 1
      if (children > 0) return
      bundled = undefined
      await rm(bundle, { recursive: true, force: true })
    },
  }
}

async function bundleServer(outdir: string): Promise<void> {
  const sources = join(root, 'packages/server/src')
  await build({
    entryPoints: {
      main: join(sources, 'main.ts'),
      worker: join(sources, 'store/sqlite/worker.ts'),
    },
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    plugins: [
      {
        name: 'npm-stays-outside',
        setup(context) {
          context.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@beckon/')
              ? undefined
              : { path, external: true },
          )
        },
      },
    ],
  })
}
