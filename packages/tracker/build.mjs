/* Builds beckon.js: one classic script without dependencies, for strangers' pages. */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** `widgetFile`: name of the widget's entry chunk under `/beckon/`. Answers where the script is. */
export async function buildTracker({ widgetFile, outfile = here('dist/beckon.js') }) {
  await build({
    entryPoints: [here('src/main.ts')],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    define: { __WIDGET_FILE__: JSON.stringify(widgetFile) },
    logLevel: 'error',
  })
  return { file: outfile }
}
