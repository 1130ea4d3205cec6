import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { transform } from 'esbuild'
import { rolldown } from 'rolldown'

/*
 * The widget as ES modules: an entry (launcher and card), the panel, and in `lazy/` what is rarely
 * needed: the offer of the card's last seconds, where a card may stand while something is in use,
 * all that is drawn beside the chat itself, reading along, the words of a language, live chat links on
 * elements of the page, and the privacy panel. All but the last three take what they
 * need from the entry, so nothing is loaded twice or after one another. (esbuild would make one more file of what they share: a round trip more, and 1.8 KB more of
 * gzip.) Names carry a hash of the content, so they may be cached for ever; `import()` inside a module
 * finds its neighbours beside the module's own address, whatever page it runs on.
 */

const here = import.meta.dirname
const languages = join(here, 'languages')

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

/**
 * All that main.ts needs at once. By name: what several files share would else become a file of its
 * own, and the card would wait for it.
 */
const AT_ONCE =
  /widget\/src\/(main|draw|words|controls|icons|state|lazily)\.ts$|widget\/src\/(card\/card|launcher|surface\/(?!decency))|protocol\/src\/card-words|client\/src\/client-id/

const sharedWith = ({ version }) => ({
  plugins: [smallCss],
  transform: { target: 'es2022', define: { __WORDS__: JSON.stringify(version) } },
  optimization: { inlineConst: { mode: 'all', pass: 3 } },
  tsconfig: join(here, 'tsconfig.json'),
})

/** Builds into dist/ and answers the entry's file name, which beckon.js is told. */
export async function buildWidget({ outdir = join(here, 'dist') } = {}) {
  const words = await readWords()
  const shared = sharedWith(words)
  const bundle = await rolldown({
    ...shared,
    // Named here too, the panel goes by its own names and needs no object that translates them.
    input: { widget: join(here, 'src/main.ts'), panel: join(here, 'src/panel/panel.ts') },
    // Lets the panel import from the entry.
    preserveEntrySignatures: 'allow-extension',
  })
  const { output } = await bundle.generate({
    format: 'esm',
    minify: true,
    entryFileNames: '[name]-[hash:6].js',
    codeSplitting: {
      groups: [
        { name: 'widget', test: AT_ONCE },
        // What it shares with forms and files would else become a file that it waits for.
        { name: 'panel', test: /widget\/src\/panel\/(?!sound)/ },
      ],
    },
    chunkFileNames: ({ name }) => `${name === 'panel' ? '' : 'lazy/'}[name]-[hash:6].js`,
  })
  await bundle.close()
  const entry = output.find(({ name }) => name === 'widget')
  if (entry.imports.length) throw new Error(`The entry would wait for ${entry.imports}`)
  await rm(outdir, { recursive: true, force: true })
  await mkdir(join(outdir, 'lazy'), { recursive: true })
  for (const { fileName, code } of output) await writeFile(join(outdir, fileName), small(code))
  const lazy = join(outdir, 'lazy')
  for (const name of ['links', 'privacy']) await buildAlone(name, lazy, shared)
  for (const [language, text] of words.files) {
    await writeFile(join(lazy, `${language}.${words.version}.js`), `export default${text}`)
  }
  return { entryFile: entry.fileName, words: words.version }
}

/** One version for all of them: the address of any can be made from it, and never changes. */
async function readWords() {
  const files = new Map()
  for (const file of (await readdir(languages)).sort()) {
    const said = JSON.parse(await readFile(join(languages, file), 'utf8'))
    files.set(basename(file, '.json'), JSON.stringify(said))
  }
  const hash = createHash('sha256')
  for (const [language, text] of files) hash.update(`${language}${text}`)
  return { files, version: hash.digest('hex').slice(0, 8) }
}

/** By a name the script can know: pages without a widget need it, too. */
async function buildAlone(name, outdir, shared) {
  const bundle = await rolldown({
    ...shared,
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

/** Without what is said to bundlers, of which there is none behind this one. */
const small = (code) => code.replace(/\s*\/\*.*?\*\/\s*/g, '')
