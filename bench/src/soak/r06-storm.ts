import { setImmediate } from 'node:timers/promises'
import { histogram } from '../histogram.ts'
import type { SimulatedAgent } from '../simulated-agent.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { allConnected, gather } from './readers.ts'
import { atMost, EVERYWHERE, ms, type Scenario, seconds, whole } from './scenario.ts'
import { speak, takeChats } from './talk.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

const BACK_WITHIN = 30_000
const HANDFUL = 200
const MEMORY_MB = 350

export const r06: Scenario = {
  id: 'R6',
  title: 'everybody is cut off at once and comes back',
  profiles: EVERYWHERE,
  within: { short: 200, full: 500 },
  async run({ profile, size }) {
    const many = size === 'full' ? 10_000 : 600
    await using place = await openPlace({ profile })
    const ledger = createLedger()
    const first = await place.agent()
    const writers = openWriters({ place, ledger, many: 4, messages: 1 })
    await writers.begun()
    await takeChats(first, writers.pages)
    const readers = await gather({ place, ledger, many, name: 'r', seed: 6 })
    /** Everybody is cut off; meanwhile an agent speaks, from when there is one again. */
    const storm = async (begin: () => Promise<SimulatedAgent>) => {
      const known = new Map(readers.map((page) => [page, page.returns.length]))
      const from = performance.now()
      const agent = await begin()
      const serving = performance.now() - from
      let over = false
      const all = until(
        'everybody came back',
        () =>
          readers.every((page) => page.connected && page.returns.length > (known.get(page) ?? 0)),
        150_000,
      ).finally(() => {
        over = true
      })
      await allConnected(writers.pages)
      const heard = histogram()
      do {
        const took = await speak(agent, { pages: writers.pages, ledger, times: 1 })
        heard.add(took.percentile(1))
      } while (!over)
      await all
      agent.close()
      const returns = histogram()
      for (const page of readers) {
        for (const took of page.returns.slice(known.get(page))) returns.add(took)
      }
      return { serving, returns, heard: heard.percentile(0.99) }
    }
    const cut = await storm(async () => {
      for (const [n, page] of readers.entries()) {
        page.cut()
        // This process has to go on, too: it is what hears the agent's words.
        if (n % HANDFUL === 0) await setImmediate()
      }
      return first
    })
    const before = place.nodes.map((node) => node.pid)
    // Half a minute and more, on each profile: in full size only.
    const restart =
      size === 'short'
        ? undefined
        : await storm(async () => {
            await Promise.all(place.nodes.map((node) => node.kill()))
            await Promise.all(place.nodes.map((node) => node.start()))
            return place.agent()
          })
    const memory = Math.max(...place.nodes.map((node) => node.memory())) / 2 ** 20
    await writers.settle()
    writers.close()
    for (const page of readers) page.close()
    const refused = [...ledger.refused].map(([code, times]) => `${code} ${times}`)
    return {
      figures: `${whole(many)} visitors; cut off: all back after ${seconds(cut.returns.percentile(1))}, an agent's words shown within ${ms(cut.heard)}${restart ? `; killed and serving again after ${seconds(restart.serving)}: 95 % back after ${seconds(restart.returns.percentile(0.95))}, 99 % after ${seconds(restart.returns.percentile(0.99))}, all after ${seconds(restart.returns.percentile(1))}, words within ${ms(restart.heard)}` : ''}; ${Math.round(memory)} MB`,
      faults: [
        ...(refused.length > 0 ? [`refused: ${refused.join(', ')}`] : []),
        ...atMost('all back', cut.returns.percentile(1), BACK_WITHIN),
        ...atMost('shown, p99', Math.max(cut.heard, restart?.heard ?? 0), 500),
        ...(restart
          ? atMost(
              'all back after it served again',
              restart.returns.percentile(1) - restart.serving,
              BACK_WITHIN,
            )
          : []),
        ...(restart && place.nodes.some(({ pid }, at) => pid === before[at])
          ? ['a server that was to be killed is the one from before']
          : []),
        ...atMost('memory', memory, MEMORY_MB, 'MB'),
        ...(await compare((sql) => place.read(sql), ledger)),
      ],
    }
  },
}
