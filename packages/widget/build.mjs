import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { rolldown } from 'rolldown'

/*
 * The widget as ES modules: an entry (launcher and card), the panel, and the offer of the card's
 * last seconds. Both take what they need from the entry, so nothing is loaded twice or after one
 * another. (esbuild would make one more file of what they share: a round trip more, and 1.8 KB more of
 * gzip.) Names carry a hash of the content, so they may be cached for ever; `import()` inside a module
 * finds its neighbours beside the module's own address, whatever page it runs on.
 */

const here = import.meta.dirname

/** Style sheets are template strings in `*-css.ts`; a minifier would leave their white space alone. */
export const smallCss = {
  name: 'small-css',
  async load(path) {
    if (!path.endsWith('-css.ts')) return null
    const source = await readFile(path, 'utf8')
    const [, name, css] = /export const (\w+) = `([^`]*)`/.exec(source) ?? []
    if (!name) throw new Error(`${path} is not one exported style sheet`)
    const { code } = await transform(css, { loader: 'css', minify: true })
    return { code: `export const ${name} = ${JSON.stringify(code.trim())}`, moduleType: 'js' }
  },
}

/** Builds into dist/ and answers the entry's file name, which beckon.js is told. */
export async function buildWidget({ outdir = join(here, 'dist') } = {}) {
  const bundle = await rolldown({
    input: { widget: join(here, 'src/main.ts') },
    plugins: [smallCss],
    transform: { target: 'es2022' },
    optimization: { inlineConst: { mode: 'all', pass: 3 } },
    // Lets the panel import from the entry instead of from a third file.
    preserveEntrySignatures: 'allow-extension',
    tsconfig: join(here, 'tsconfig.json'),
  })
  const privacy = await rolldown({
    input: { privacy: join(here, 'src/privacy/privacy.ts') },
    plugins: [smallCss],
    transform: { target: 'es2022' },
    optimization: { inlineConst: { mode: 'all', pass: 3 } },
    tsconfig: join(here, 'tsconfig.json'),
  })
  const lazy = await privacy.generate({ format: 'esm', minify: true, entryFileNames: '[name].js' })
  await privacy.close()
  const { output } = await bundle.generate({
    format: 'esm',
    minify: true,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
  })
  await bundle.close()
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  // Said to bundlers, of which there is none behind this one.
  const small = (code) => code.replaceAll('/* @__PURE__ */', '')
  for (const { fileName, code } of output) await writeFile(join(outdir, fileName), small(code))
  // By a name the script can know: whoever is hidden has nothing else of ours.
  await mkdir(join(outdir, 'lazy'))
  for (const { fileName, code } of lazy.output) {
    await writeFile(join(outdir, 'lazy', fileName), small(code))
  }
  return { entryFile: output.find(({ isEntry }) => isEntry).fileName }
}
