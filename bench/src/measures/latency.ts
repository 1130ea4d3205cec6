import { setTimeout as pause } from 'node:timers/promises'
import type { VisitFilter, VisitRow } from '@beckon/protocol'
import { histogram } from '../histogram.ts'
import { random } from '../random.ts'
import type { SimulatedAgent } from '../simulated-agent.ts'
import { simulatedVisitor } from '../simulated-visitor.ts'

type Place = { base: string; siteKey: string; origin: string }

/**
 * Page view → row: a probe visitor goes to a new page; the clock runs from the frame leaving until
 * the agent's window shows the new address. Both ends are in this process, so there is one clock.
 */
export async function pageViewToRow(
  agent: SimulatedAgent,
  place: Place,
  { samples, signal }: { samples: number; signal?: AbortSignal },
): Promise<ReturnType<ReturnType<typeof histogram>['summary']>> {
  const latencies = histogram()
  const waiting = new Map<string, (at: number) => void>()
  // Newcomers of the crowd would push the probes out of any window that shows everybody.
  const probesOnly: VisitFilter = {
    match: 'all',
    conditions: [{ field: 'url', op: 'contains', value: '/probe/' }],
  }
  const stop = agent.watch<'window'>(
    {
      topic: 'window',
      filter: probesOnly,
      sort: { by: 'started', dir: 'desc' },
      offset: 0,
      limit: 50,
    },
    ({ snapshot, event }) => {
      const at = performance.now()
      const rows: VisitRow[] = snapshot ? Object.values(snapshot.rows) : (event?.rows ?? [])
      for (const row of rows) {
        const tag = /\/probe\/(\d+)$/.exec(row.url)?.[1]
        if (tag) waiting.get(tag)?.(at)
      }
    },
  )
  const chance = random(99)
  const probes = Array.from({ length: 8 }, (_, index) =>
    simulatedVisitor({
      server: place.base.replace('http', 'ws'),
      persona: { site: place.siteKey, origin: place.origin, address: `203.0.113.${index + 1}` },
      random: random(5_000 + index),
    }),
  )
  for (const probe of probes) await probe.arrive({ url: `${place.origin}/probe/0`, title: 'Probe' })
  await pause(1_000)
  for (let count = 0; count < samples && !signal?.aborted; count += 1) {
    // In the path: of a query the server keeps known keys only.
    const tag = String(count)
    const from = performance.now()
    const arrived = new Promise<number>((resolve) => waiting.set(tag, resolve))
    chance.pick(probes).navigate({ url: `${place.origin}/probe/${tag}`, title: `Probe ${count}` })
    const at = await Promise.race([arrived, pause(5_000, Number.POSITIVE_INFINITY)])
    latencies.add(at - from)
    waiting.delete(tag)
    await pause(chance.between(20, 400))
  }
  stop()
  for (const probe of probes) probe.leave()
  return latencies.summary()
}
