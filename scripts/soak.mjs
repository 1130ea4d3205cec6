/* `npm run soak`: the reliability scenarios of docs/reliability.md, against servers of its own. */
import { runBench } from './lib/run-bench.mjs'

await runBench('soak.ts')
