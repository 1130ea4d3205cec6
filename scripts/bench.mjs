/* `npm run bench`: measure, and write docs/performance.md. */
import { runBench } from './lib/run-bench.mjs'

await runBench('bench.ts')
