/*
 * `npm run drift`: a crowd for some minutes; does everybody tell the same at every look, and is
 * memory flat? Ends by itself, with a verdict.
 *   npm run drift -- --visitors 5000 --minutes 10
 */
import { parseArgs } from 'node:util'
import { drift } from './drift-check.ts'

const { values: asked } = parseArgs({
  options: {
    visitors: { type: 'string', default: '5000' },
    minutes: { type: 'string', default: '10' },
    looks: { type: 'string', default: '20' },
  },
})
console.log('   second   visitors   page views    heap   what did not agree')
const { growthMb, steady, agrees } = await drift({
  visitors: Math.min(Number(asked.visitors), 18_000),
  seconds: Math.min(Number(asked.minutes), 600) * 60,
  looks: Number(asked.looks),
  pageSeconds: 15,
  onRow({ second, visitors, pageViews, heapMb, differences }) {
    const cells = [second, visitors, pageViews].map((cell) => String(cell).padStart(10)).join(' ')
    console.log(`${cells} ${heapMb.toFixed(0).padStart(6)} MB   ${differences.join('; ') || '–'}`)
  },
})
const grown = `${growthMb.toFixed(1)} MB in the second half`
console.log(agrees ? 'No drift.' : 'DRIFT: the looks above did not agree.')
console.log(steady ? `Memory is flat (${grown}).` : `MEMORY GROWS: ${grown}.`)
process.exit(agrees && steady ? 0 : 1)
