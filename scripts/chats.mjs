/* `npm run chats`: visitors and agents chat and lose their connections; is anything lost? */
import { runBench } from './lib/run-bench.mjs'

await runBench('chats.ts')
