import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build, transform } from 'esbuild'

/*
 * The widget as ES modules: an entry (launcher and card), the panel, and what they share. Names
 * carry a hash of the content, so they may be cached for ever; `import()` inside a module finds its
 * neighbours beside the module's own address, whatever page it runs on.
 */

const here = import.meta.dirname

/** Style sheets are template strings in `*-css.ts`; esbuild would leave their white space alone. */
export const smallCss = {
  name: 'small-css',
  setup(context) {
    context.onLoad({ filter: /-css\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const [, name, css] = /export const (\w+) = `([^`]*)`/.exec(source) ?? []
      if (!name) throw new Error(`${path} is not one exported style sheet`)
      const { code } = await transform(css, { loader: 'css', minify: true })
      return { contents: `export const ${name} = ${JSON.stringify(code.trim())}`, loader: 'js' }
    })
  },
}

/** Builds into dist/ and answers the entry's file name, which beckon.js is told. */
export async function buildWidget() {
  const outdir = join(here, 'dist')
  const { outputFiles } = await build({
    entryPoints: { widget: join(here, 'src/main.ts') },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2020',
    minify: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    plugins: [smallCss],
    write: false,
    logLevel: 'error',
  })
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  // esbuild calls every shared piece “chunk”; sizes and reports speak of “shared”.
  const named = (text) => text.replaceAll(/\bchunk-(?=[A-Z0-9]{8}\.js)/g, 'shared-')
  for (const { path, text } of outputFiles) {
    await writeFile(join(outdir, named(basename(path))), named(text))
  }
  const entry = outputFiles.find(({ path }) => basename(path).startsWith('widget-'))
  return { entryFile: basename(entry.path) }
}
