/* `npm run drift`: does everybody tell the same for some minutes, and is memory flat? */
import { runBench } from './lib/run-bench.mjs'

await runBench('drift.ts')
