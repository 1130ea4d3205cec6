import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/*
 * While developing and testing there is no bundle, and a thread cannot read TypeScript. So the
 * worker is bundled on the way, once for each state of its sources: a loader in every thread would
 * cost each test that opens a store a fifth of a second.
 */

const SOURCES = ['worker.ts', 'appends.ts', 'lane.ts', 'wire.ts'].map((name) =>
  fileURLToPath(new URL(`./${name}`, import.meta.url)),
)

export async function workerFromSource(): Promise<URL> {
  const hash = createHash('sha256')
  for (const source of SOURCES) hash.update(await readFile(source))
  const bundle = join(cacheFolder(), `worker-${hash.digest('hex').slice(0, 16)}.mjs`)
  if (!existsSync(bundle)) await write(bundle)
  return pathToFileURL(bundle)
}

/** Inside node_modules, where the worker finds its driver. */
function cacheFolder(): string {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3/package.json')
  return join(dirname(dirname(driver)), '.cache', 'beckon')
}

async function write(bundle: string): Promise<void> {
  const { build } = await import('esbuild')
  await mkdir(dirname(bundle), { recursive: true })
  // Renamed when complete: another process may be at the same.
  const unfinished = `${bundle}.${process.pid}`
  await build({
    entryPoints: SOURCES.slice(0, 1),
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
  await rename(unfinished, bundle)
}
