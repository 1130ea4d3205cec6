import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MUTATIONS, type Mutation } from './mutations.ts'

/*
 * Proof that the model bites: each planted bug must make it fail, and the sources as they are must
 * pass. A mutated copy exists only in a bundle; the product has no flags.
 */

const here = fileURLToPath(new URL('.', import.meta.url))
const sources = fileURLToPath(new URL('../../src/', import.meta.url))
const RUNS = 150
/** Two cores. */
const AT_ONCE = 2

let folder: string
beforeAll(async () => {
  // Inside the package, so that what is not bundled is found.
  folder = await mkdtemp(join(here, '.mutants-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const planted = ({ file, find, replace }: Mutation): Plugin => ({
  name: 'planted',
  setup(bundle) {
    bundle.onLoad({ filter: new RegExp(`${file.replaceAll(/[/.]/g, '\\$&')}$`) }, (args) => {
      if (args.path !== join(sources, file)) return undefined
      return {
        contents: readFileSync(args.path, 'utf8').replace(find, () => replace),
        loader: 'ts',
      }
    })
  },
})

async function bundle(mutation: Mutation | undefined, name: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [join(here, 'run-model.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['better-sqlite3', 'esbuild', 'kysely', 'fast-check', 'uuid', 'typebox'],
    define: { SCHEDULED: String(mutation?.scheduled === true) },
    alias: { vitest: join(here, 'expect.ts') },
    plugins: mutation ? [planted(mutation)] : [],
    logLevel: 'error',
  })
  return outfile
}

/** Why the model failed for each bundle, in a process of its own. */
async function run(bundles: readonly string[]): Promise<Map<string, string | undefined>> {
  const child = spawn(process.execPath, [join(here, 'run-mutants.mjs'), String(RUNS), ...bundles], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  await new Promise((resolve) => child.on('close', resolve))
  const lines = said.trim().split('\n').filter(Boolean)
  return new Map(
    lines.map((line) => {
      const { bundle: file, why } = JSON.parse(line) as { bundle: string; why?: string }
      return [file, why]
    }),
  )
}

describe('the model', () => {
  test.each(MUTATIONS)('the place of “$name” is still there', ({ file, find }) => {
    expect(readFileSync(join(sources, file), 'utf8').split(find)).toHaveLength(2)
  })

  test('the sources as they are pass, and every planted bug is caught', async () => {
    const all: (Mutation | undefined)[] = [undefined, ...MUTATIONS]
    const files = await Promise.all(all.map((mutation, n) => bundle(mutation, `mutant-${n}`)))
    const shares = Array.from({ length: AT_ONCE }, (_, k) =>
      files.filter((_f, n) => n % AT_ONCE === k),
    )
    const answers = new Map((await Promise.all(shares.map(run))).flatMap((share) => [...share]))
    const missed = all.flatMap((mutation, n) => {
      const file = files[n] ?? ''
      if (!answers.has(file)) return [`${mutation?.name ?? 'the sources as they are'}: no answer`]
      const why = answers.get(file)
      if (mutation) return why === undefined ? [`not caught: ${mutation.name}`] : []
      return why === undefined ? [] : [`the sources as they are fail: ${why}`]
    })
    expect(missed).toEqual([])
  }, 480_000)
})
