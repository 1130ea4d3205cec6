import { setTimeout as pause } from 'node:timers/promises'
import { histogram } from '../histogram.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { gather } from './readers.ts'
import { atMost, type Scenario, seconds, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

/** Five seconds, and the way there and back on a busy machine. */
const CALL_WITHIN = 5_500
const FLUSHED_WITHIN = 5_000
/** A COMMIT whose answer is still on its way when the server is killed. */
const ON_THE_WAY_MS = 250

export const r12: Scenario = {
  id: 'R12',
  title: 'PostgreSQL is killed and away, or hangs',
  profiles: ['two nodes'],
  within: { short: 150, full: 900 },
  async run({ profile, size }) {
    const [outages, forMs, chats] = size === 'full' ? [3, 60_000, 30] : [1, 5_000, 10]
    await using place = await openPlace({ profile })
    const { postgres } = place
    if (!postgres) throw new Error('there is no PostgreSQL')
    const ledger = createLedger()
    const faults: string[] = []
    const agent = await place.agent(1)
    const writers = openWriters({ place, ledger, many: chats })
    await writers.begun()
    const readers = await gather({ place, ledger, many: 20, name: 'r', seed: 12 })
    const flushed = histogram()
    const answered = histogram()
    let viewed = 0

    const outage = async (begin: () => Promise<void>, end: () => Promise<void>) => {
      await writers.more(chats * 3)
      await begin()
      await pause(ON_THE_WAY_MS)
      const before = ledger.acknowledged.size
      const over = performance.now() + forMs
      while (performance.now() < over) {
        for (const page of readers) {
          viewed += 1
          page.view()
        }
        const from = performance.now()
        await agent
          .ask({ type: 'availability.set', available: viewed % 40 === 0 })
          .then(() => faults.push('a command was done without a database'))
          .catch((error: Error) => {
            if (!error.message.startsWith('try_again')) faults.push(error.message)
          })
        answered.add(performance.now() - from)
        await pause(500)
      }
      const ready = await Promise.all(place.nodes.map((node) => node.ready()))
      if (ready.some(({ ok }) => ok)) faults.push('a node says that it serves')
      const meanwhile = ledger.acknowledged.size - before
      if (meanwhile > 0) faults.push(`${meanwhile} acknowledged without a database`)
      const waiting = writers.pages.flatMap(({ unsentIds }) => unsentIds)
      await end()
      flushed.add(
        await until('everything is flushed', () =>
          waiting.every((id) => ledger.acknowledged.has(id)),
        ),
      )
    }
    for (let n = 0; n < outages; n++) await outage(postgres.kill, postgres.start)
    await outage(postgres.hang, postgres.goOn)

    await until('consoles go on', () =>
      agent.ask({ type: 'availability.set', available: true }).then(
        () => true,
        () => false,
      ),
    )
    await writers.settle()
    writers.close()
    for (const page of readers) page.close()
    agent.close()
    const stored = () =>
      place
        .read<{ n: number | string }>('select count(*) as n from page_views')
        .then(([row]) => Number(row?.n))
    const made = readers.length + chats + viewed
    const dropped = await dropsOf(place.nodes)
    await until(
      'page views are stored',
      async () => (await stored()) >= made - dropped,
      15_000,
    ).catch(async () =>
      faults.push(`${await stored()} page views of ${made} stored, ${dropped} dropped`),
    )
    const wait = flushed.percentile(1)
    return {
      figures: `${outages} × ${forMs / 1_000} s away, once hanging; nothing acknowledged meanwhile, consoles answered within ${seconds(answered.percentile(1))}; all said ${seconds(wait)} after its return; ${whole(viewed)} page views meanwhile, ${dropped} of them given up; ${whole(ledger.acknowledged.size)} messages acknowledged`,
      faults: [
        ...faults,
        ...atMost('a call', answered.percentile(1), CALL_WITHIN),
        ...atMost('flushed', wait, FLUSHED_WITHIN),
        ...(await compare((sql) => place.read(sql), ledger)),
      ],
    }
  },
}

async function dropsOf(nodes: readonly { metric(name: string): Promise<number> }[]) {
  const all = await Promise.all(nodes.map((node) => node.metric('beckon_page_views_dropped_total')))
  return all.reduce((sum, one) => sum + one, 0)
}
