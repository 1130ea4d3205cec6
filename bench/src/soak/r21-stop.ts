import { histogram } from '../histogram.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { allConnected, gather, watchCounts } from './readers.ts'
import { atMost, EVERYWHERE, ms, type Scenario, seconds, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

const GONE_WITHIN = 10_000

export const r21: Scenario = {
  id: 'R21',
  title: 'stopped and replaced while people write',
  profiles: EVERYWHERE,
  within: { short: 90, full: 600 },
  async run({ profile, size }) {
    const [visitors, chats, rounds] = size === 'full' ? [2_000, 50, 3] : [100, 15, 1]
    await using place = await openPlace({ profile })
    const several = place.nodes.length > 1
    const ledger = createLedger()
    const faults: string[] = []
    const helper = await place.agent()
    const writers = openWriters({ place, ledger, many: chats, asBrowsers: true })
    await writers.begun()
    helper.close()
    const readers = await gather({ place, ledger, many: visitors, name: 'r', seed: 21 })
    const everybody = visitors + chats
    const stops = histogram()
    for (let round = 0; round < rounds; round++) {
      for (const [at, node] of place.nodes.entries()) {
        // The console stands on the one that stays, where there is one.
        const agent = await place.agent(several ? 1 - at : 0)
        const counts = watchCounts(agent)
        await until('everybody is active', () => counts.now?.active === everybody)
        let least = everybody
        counts.onNews(({ active }) => {
          least = Math.min(least, active)
        })
        stops.add(await node.stop())
        await allConnected(several ? [...readers, ...writers.pages] : [])
        if (several && least < everybody) faults.push(`${everybody - least} rows blinked`)
        agent.close()
        await node.start()
        await allConnected([...readers, ...writers.pages], 60_000)
      }
    }
    await writers.more(chats * 5)
    await writers.settle()
    writers.close()
    for (const page of readers) page.close()
    const lost = readers.filter(({ returns }) => returns.length > 0).length
    if (several && lost > 0) faults.push(`${lost} visitors were without a connection`)
    const [refused] = ledger.refused
    if (several && refused) faults.push(`refused: ${refused.join(' ')}`)
    const wait = ledger.waits.percentile(0.99)
    return {
      figures: `${stops.count} stops, each gone within ${seconds(stops.percentile(1))}; ${whole(everybody)} visitors, ${lost} of them ever without a connection; ${whole(ledger.acknowledged.size)} messages acknowledged, p99 ${several ? ms(wait) : seconds(wait)}`,
      faults: [
        ...faults,
        ...atMost('gone', stops.percentile(1), GONE_WITHIN),
        ...(several ? atMost('acknowledged, p99', wait, 3_000) : []),
        ...(await compare((sql) => place.read(sql), ledger)),
      ],
    }
  },
}
