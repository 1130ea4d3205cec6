/* Builds what is stale: tracker + widget, console, server. `npm run build` or from start and test. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled, fingerprint } from './lib/prepare.mjs'
import { root, run } from './lib/run.mjs'
import { say, step, stop } from './lib/say.mjs'

const shared = [
  'package-lock.json',
  'tsconfig.base.json',
  'scripts/build.mjs',
  'packages/protocol',
  'packages/client',
]

const targets = [
  {
    title: 'the visitor’s script',
    sources: [...shared, 'packages/tracker', 'packages/widget'],
    dist: 'packages/tracker/dist',
    build: buildVisitorScripts,
  },
  {
    title: 'the console',
    sources: [...shared, 'packages/console', 'packages/widget'],
    dist: 'packages/console/dist',
    build: buildConsole,
  },
  {
    title: 'the server',
    sources: [...shared, 'packages/server'],
    dist: 'packages/server/dist',
    build: buildServer,
  },
]

/** Builds every target whose sources changed since its last build. */
export async function ensureBuilt() {
  for (const { title, sources, dist, build } of targets) {
    const stampFile = join(root, dist, '.stamp')
    const stamp = fingerprint(sources)
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue
    await step(`Building ${title}`, build)
    mkdirSync(join(root, dist), { recursive: true })
    writeFileSync(stampFile, stamp)
  }
}

async function buildVisitorScripts() {
  const { buildWidget } = await import(pathToFileURL(join(root, 'packages/widget/build.mjs')).href)
  const { buildTracker } = await import(
    pathToFileURL(join(root, 'packages/tracker/build.mjs')).href
  )
  const { entryFile } = await buildWidget()
  await buildTracker({ widgetFile: entryFile })
}

async function buildConsole() {
  const { code, output } = await run(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    { quiet: true, cwd: join(root, 'packages/console') },
  )
  if (code !== 0) {
    say(output)
    stop('The console could not be built; the reason stands above.')
  }
}

/** Older packages among the bundled ones ask for Node's own modules in this way. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)"

async function buildServer() {
  const { build } = await import('esbuild')
  rmSync(join(root, 'packages/server/dist'), { recursive: true, force: true })
  await build({
    entryPoints: {
      main: join(root, 'packages/server/src/main.ts'),
      worker: join(root, 'packages/server/src/store/sqlite/worker.ts'),
    },
    outdir: join(root, 'packages/server/dist'),
    bundle: true,
    // What is imported when it is first needed is a file of its own, read no sooner.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    // The sources lie beside it, and maps are read at every start.
    sourcesContent: false,
    logLevel: 'error',
    // Packages of npm are bundled too: a start that reads 2,500 files takes twice as long. What is
    // compiled for this machine stays where npm put it, and so does what only development needs.
    external: ['better-sqlite3', 'sharp', '@node-rs/argon2', 'esbuild'],
    banner: { js: REQUIRE },
  })
}

if (process.argv[1] === join(root, 'scripts/build.mjs')) {
  await ensureInstalled()
  await ensureBuilt()
}
