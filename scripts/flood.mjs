/* `npm run flood`: load on this machine, bounded. */
import { runBench } from './lib/run-bench.mjs'

await runBench('flood.ts')
