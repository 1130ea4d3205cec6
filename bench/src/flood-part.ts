/* One process of a flood: its share of the people. Started by flood/parts.ts, and ends with it. */
import { crowd } from './crowd.ts'
import type { PartAsked, PartSaid } from './flood/parts.ts'
import { hasManyLoopbacks, loopbackOf } from './loopback.ts'
import type { SimulatedVisitor } from './simulated-visitor.ts'

const SAYS_EVERY_MS = 1_000

process.once('message', (asked: PartAsked) => void walk(asked))
const stop = new AbortController()
process.on('message', (message) => {
  if (message === 'stop') stop.abort()
})
process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches every process of the terminal; the one that counts says when it is over.
process.on('SIGINT', () => {})

async function walk(asked: PartAsked): Promise<void> {
  const here = new Set<SimulatedVisitor>()
  let left = 0
  let fresh = nothingYet()

  function say(): void {
    let views = left
    for (const { ledger } of here) views += ledger.pageViews
    const { user, system } = process.cpuUsage()
    const said: PartSaid = { ...fresh, here: here.size, views, cpuMs: (user + system) / 1_000 }
    fresh = nothingYet()
    process.send?.(said)
  }

  const saying = setInterval(say, SAYS_EVERY_MS)
  await crowd({
    ...asked,
    signal: stop.signal,
    ...(asked.spread && hasManyLoopbacks
      ? { addressOf: (place: number) => loopbackOf(asked.firstPlace + place) }
      : {}),
    onCome: (visitor) => void here.add(visitor),
    onLeave(visitor) {
      here.delete(visitor)
      left += visitor.ledger.pageViews
    },
    onTook: (what, ms) => void fresh.took[what].push(ms),
    onTrouble(error) {
      const name = (error as Error).message.slice(0, 80)
      fresh.troubles[name] = (fresh.troubles[name] ?? 0) + 1
    },
  })
  clearInterval(saying)
  say()
  process.disconnect?.()
}

const nothingYet = (): Pick<PartSaid, 'took' | 'troubles'> => ({
  took: { welcome: [], message: [] },
  troubles: {},
})
