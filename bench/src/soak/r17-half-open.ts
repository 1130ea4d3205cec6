import { setTimeout as pause } from 'node:timers/promises'
import { createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { openTcpProxy } from './proxy.ts'
import { gather, watchCounts } from './readers.ts'
import { atMost, EVERYWHERE, type Scenario, seconds, whole } from './scenario.ts'
import { until } from './wait.ts'

/** Seconds until a ping, for its answer, and of the grace that a reload has: the product's own, or a third. */
const TERMS = { full: [20, 10, 10], short: [7, 3, 3] } as const
const SLACK_MS = 2_000

export const r17: Scenario = {
  id: 'R17',
  title: 'connections that nobody ends',
  profiles: EVERYWHERE,
  within: { short: 120, full: 180 },
  async run({ profile, size }) {
    const many = size === 'full' ? 1_000 : 100
    const [ping, pong, grace] = TERMS[size]
    await using place = await openPlace({
      profile,
      settings: {
        BECKON_PING_SECONDS: String(ping),
        BECKON_PONG_SECONDS: String(pong),
        BECKON_GRACE_SECONDS: String(grace),
      },
    })
    const ledger = createLedger()
    const node = place.nodes.at(-1) ?? place.node(0)
    const proxy = await openTcpProxy(node.port)
    const agent = await place.agent()
    const counts = watchCounts(agent)
    const alive = await gather({
      place,
      ledger,
      many: 20,
      name: 'a',
      seed: 17,
      server: () => node.base,
    })
    const pages = await gather({
      place,
      ledger,
      many,
      name: 'h',
      seed: 18,
      server: () => proxy.base,
    })
    const everybody = many + alive.length
    await until('everybody is active', () => counts.now?.active === everybody)
    const open = await node.metric('beckon_connections')
    const from = performance.now()
    proxy.swallow(true)
    // The browsers know nothing of it, and the machine that hosts them is gone anyway.
    const gone = async () => open - (await node.metric('beckon_connections')) >= many
    while (!(await gone())) await pause(200)
    const goneAfter = performance.now() - from
    await until('they are pending', () => counts.now?.active === alive.length)
    const pendingAfter = performance.now() - from
    const blinked = alive.filter(({ returns }) => returns.length > 0).length
    for (const page of [...pages, ...alive]) page.close()
    agent.close()
    await proxy.close()
    return {
      figures: `${whole(many)} connections swallowed: gone after ${seconds(goneAfter)}, their visits pending after ${seconds(pendingAfter)} (ping ${ping} s, answer ${pong} s, grace ${grace} s); the other ${alive.length} untouched`,
      faults: [
        ...atMost('gone', goneAfter, (ping + pong) * 1_000 + SLACK_MS),
        ...atMost('pending', pendingAfter, (ping + pong + grace) * 1_000 + 2 * SLACK_MS),
        ...(blinked > 0 ? [`${blinked} others lost their connection`] : []),
      ],
    }
  },
}
