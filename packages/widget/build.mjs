import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { rolldown } from 'rolldown'

/*
 * The widget as ES modules: an entry (launcher and card), the panel, and in `lazy/` what is rarely
 * needed: the offer of the card's last seconds, where a card may stand while something is in use,
 * live chat links on elements of the page, and the privacy panel. All but the last two take what they
 * need from the entry, so nothing is loaded twice or after one another. (esbuild would make one more file of what they share: a round trip more, and 1.8 KB more of
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

const SHARED = {
  plugins: [smallCss],
  transform: { target: 'es2022' },
  optimization: { inlineConst: { mode: 'all', pass: 3 } },
  tsconfig: join(here, 'tsconfig.json'),
}

/** Builds into dist/ and answers the entry's file name, which beckon.js is told. */
export async function buildWidget({ outdir = join(here, 'dist') } = {}) {
  const bundle = await rolldown({
    ...SHARED,
    input: { widget: join(here, 'src/main.ts') },
    // Lets the panel import from the entry instead of from a third file.
    preserveEntrySignatures: 'allow-extension',
  })
  const { output } = await bundle.generate({
    format: 'esm',
    minify: true,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: ({ name }) => `${name === 'panel' ? '' : 'lazy/'}[name]-[hash].js`,
  })
  await bundle.close()
  await rm(outdir, { recursive: true, force: true })
  await mkdir(join(outdir, 'lazy'), { recursive: true })
  for (const { fileName, code } of output) await writeFile(join(outdir, fileName), small(code))
  for (const name of ['links', 'privacy']) await buildAlone(name, join(outdir, 'lazy'))
  return { entryFile: output.find(({ isEntry }) => isEntry).fileName }
}

/** By a name the script can know: pages without a widget need it, too. */
async function buildAlone(name, outdir) {
  const bundle = await rolldown({
    ...SHARED,
    input: { [name]: join(here, `src/${name}/${name}.ts`) },
  })
  const { output } = await bundle.generate({
    format: 'esm',
    minify: true,
    entryFileNames: '[name].js',
  })
  await bundle.close()
  await writeFile(join(outdir, output[0].fileName), small(output[0].code))
}

/** Said to bundlers, of which there is none behind this one. */
const small = (code) => code.replaceAll('/* @__PURE__ */', '')
