/* One process of a flood of page views. Started by page-flood.ts, and ends with it. */
import { setTimeout as pause } from 'node:timers/promises'
import { hasManyLoopbacks, loopbackOf } from '../loopback.ts'
import { random } from '../random.ts'
import { simulatedVisitor } from '../simulated-visitor.ts'
import type { FloodAsked } from './page-flood.ts'

const TICK_MS = 5
const TOGETHER = 50

process.once('message', (asked: FloodAsked) => void flood(asked))
process.on('disconnect', () => process.exit(0))

async function flood({ server, site, first, connections, perSecond }: FloodAsked): Promise<void> {
  const visitors = Array.from({ length: connections }, (_, n) =>
    simulatedVisitor({
      server,
      persona: {
        site: site.key,
        origin: site.origin,
        address: `198.20.${(first + n) >> 8}.${(first + n) & 255}`,
      },
      random: random(first + n + 1),
      ...(hasManyLoopbacks ? { localAddress: loopbackOf(first + n) } : {}),
    }),
  )
  for (let start = 0; start < connections; start += TOGETHER) {
    await Promise.all(
      visitors
        .slice(start, start + TOGETHER)
        .map((visitor) => visitor.arrive({ url: `${site.origin}/`, title: 'Start' })),
    )
  }
  process.send?.('here')
  await new Promise((resolve) => process.once('message', resolve))
  const from = performance.now()
  let sent = 0
  let told = 0
  for (;;) {
    const now = performance.now() - from
    // What could not be sent in time is not made up for: a second has so many at most.
    const due = Math.min((now / 1_000) * perSecond, sent + perSecond / 10)
    for (; sent < due; sent++) {
      const url = `${site.origin}/p/${sent}`
      visitors[sent % connections]?.navigate({ url, title: `Page ${sent}` })
    }
    if (now - told > 250) {
      told = now
      process.send?.(sent, () => {})
    }
    await pause(TICK_MS)
  }
}
