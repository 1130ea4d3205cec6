/*
 * `npm run chats`: visitors and agents chat, reload and lose their connections; afterwards nothing
 * may be lost, doubled or out of order, and no agent may have had more chats than their limit.
 *   npm run chats -- --visitors 200 --agents 20 --seconds 300
 */
import { parseArgs } from 'node:util'
import { chatting } from './chatting.ts'

const { values: asked } = parseArgs({
  options: {
    visitors: { type: 'string', default: '200' },
    agents: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
})
const { promised, messages, chats, cuts, refused, faults } = await chatting({
  visitors: Math.min(Number(asked.visitors), 2_000),
  agents: Math.min(Number(asked.agents), 200),
  seconds: Math.min(Number(asked.seconds), 3_600),
  seed: Number(asked.seed),
})
const answers = [...refused].map(([code, times]) => `${code} ${times}`).join(', ')
console.log(`${promised} messages acknowledged, ${messages} stored in ${chats} chats, ${cuts} cuts`)
console.log(`refused: ${answers || 'nothing'}`)
for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`)
console.log(
  faults.length === 0
    ? '0 lost, 0 doubled, 0 out of order, no limit exceeded.'
    : `${faults.length} FAULTS.`,
)
process.exit(faults.length === 0 ? 0 : 1)
