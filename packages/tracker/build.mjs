import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'

/*
 * Builds beckon.js: one classic script without dependencies, for strangers' pages. Rolldown and not
 * esbuild, as elsewhere: it takes constants and short names further, which here is 300 bytes of 4,000.
 */

const here = import.meta.dirname

/** `widgetFile`: name of the widget's entry chunk under `/beckon/`. Answers where the script is. */
export async function buildTracker({ widgetFile, outfile = join(here, 'dist/beckon.js') }) {
  const bundle = await rolldown({
    input: join(here, 'src/main.ts'),
    transform: { target: 'es2020', define: { __WIDGET_FILE__: JSON.stringify(widgetFile) } },
    optimization: { inlineConst: { mode: 'all', pass: 3 } },
  })
  const { output } = await bundle.generate({ format: 'iife', minify: true })
  await bundle.close()
  await mkdir(dirname(outfile), { recursive: true })
  // The comments are for other bundlers.
  await writeFile(outfile, output[0].code.replace(/\s*\/\*.*?\*\/\s*/g, '').trim())
  return { file: outfile }
}
