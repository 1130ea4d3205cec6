import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { freePort } from '../../../bench/src/free-port.ts'
import { serverProcess } from '../../../bench/src/server-process.ts'
import { OWNER } from './whole.ts'

/*
 * The server as a process of its own, which can be killed. It is bundled from the sources as they
 * are now, as the product's build does: starting must not take longer than the test that kills it.
 */

const root = fileURLToPath(new URL('../../..', import.meta.url))
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
  const server = serverProcess({
    base,
    folder: dataDir,
    main: join(bundle, 'main.js'),
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

  await server.start()
  return {
    base,
    dataDir: join(dataDir, 'data'),
    start: server.start,
    end: server.end,
    /** Stands still, as in a machine that is paused, until told to go on. */
    freeze: () => server.signal('SIGSTOP'),
    goOn: () => server.signal('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await server.end('SIGKILL')
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
