import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'

/*
 * Builds beckon.js, one classic script without dependencies for strangers' pages, and beside it the
 * chunk for pages where WebSocket is blocked. Rolldown and not
 * esbuild, as elsewhere: it takes constants and short names further, which here is 300 bytes of 4,000.
 */

const here = import.meta.dirname

/** Chromium then compiles while it loads, beside the page's main thread, instead of at each first call. */
const COMPILE_AHEAD = '//# allFunctionsCalledOnLoad\n'

/** `widgetFile`: name of the widget's entry chunk under `/beckon/`. Answers where the script is. */
export async function buildTracker({ widgetFile, outfile = join(here, 'dist/beckon.js') }) {
  await mkdir(dirname(outfile), { recursive: true })
  const define = { __WIDGET_FILE__: JSON.stringify(widgetFile) }
  const script = await bundled('src/main.ts', { format: 'iife', define })
  // As an arrow it is 14 bytes less.
  await writeFile(outfile, COMPILE_AHEAD + script.replace('(function(){', '(()=>{'))
  await writeFile(
    join(dirname(outfile), 'http.js'),
    await bundled('src/http.ts', { format: 'esm' }),
  )
  return { file: outfile }
}

async function bundled(input, { format, define }) {
  const bundle = await rolldown({
    input: join(here, input),
    transform: { target: 'es2020', define },
    optimization: { inlineConst: { mode: 'all', pass: 3 } },
  })
  const { output } = await bundle.generate({ format, minify: true })
  await bundle.close()
  // The comments are for other bundlers.
  return output[0].code.replace(/\s*\/\*.*?\*\/\s*/g, '').trim()
}
