import type { VisitId } from '@beckon/protocol'
import { histogram } from '../histogram.ts'
import { invite } from '../inviting.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { allConnected, gather, rowsTitled, seen, watchCounts, wrongEnds } from './readers.ts'
import { atMost, ms, type Scenario, seconds, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

const TERM_S = 20
/** Of those whose browser goes with the node, and of those invited there. */
const LEAVING = 10
const INVITED = 5
const PENDING_WITHIN = 10_000

export const r09: Scenario = {
  id: 'R9',
  title: 'one of two nodes dies',
  profiles: ['two nodes'],
  within: { short: 120, full: 1_200 },
  async run({ profile, size }) {
    const [each, deaths, chats] = size === 'full' ? [2_000, 10, 50] : [100, 1, 10]
    await using place = await openPlace({
      profile,
      settings: { BECKON_INVITATION_SECONDS: String(TERM_S) },
    })
    const ledger = createLedger()
    const faults: string[] = []
    const helper = await place.agent()
    const writers = openWriters({ place, ledger, many: chats, asBrowsers: true })
    await writers.begun()
    helper.close()
    const readers = await gather({ place, ledger, many: each * 2, name: 'r', seed: 9 })
    const returns = histogram()
    const pending = histogram()

    for (let death = 0; death < deaths; death++) {
      const victim = place.node(death % 2)
      const agent = await place.agent(1 - (death % 2))
      const counts = watchCounts(agent)
      const name = `gone${death}-`
      const leaving = await gather({
        place,
        ledger,
        many: LEAVING,
        name,
        seed: 100 + death,
        server: () => victim.base,
      })
      const everybody = readers.length + writers.pages.length + LEAVING * (death + 1)
      await until('everybody is listed', () => counts.now?.online === everybody)
      const invited = leaving.slice(0, INVITED)
      for (const { visitId } of invited) await invite(agent, visitId as VisitId, 'Can I help?')
      await seen(place, INVITED)
      let least = everybody
      let most = everybody
      counts.onNews(({ online }) => {
        least = Math.min(least, online)
        most = Math.max(most, online)
      })
      const before = new Map(readers.map((page) => [page, page.returns.length]))
      const from = performance.now()
      await victim.kill()
      for (const page of leaving) page.close()
      await until(
        'their visits are pending',
        async () =>
          (await rowsTitled(agent, name)).filter(({ status }) => status === 'pending').length ===
          LEAVING,
      )
      pending.add(performance.now() - from)
      await allConnected([...readers, ...writers.pages], 90_000)
      for (const page of readers) {
        for (const took of page.returns.slice(before.get(page))) returns.add(took)
      }
      await until(
        'everybody is active again',
        () => counts.now?.active === everybody - LEAVING * (death + 1),
      )
      if (least < everybody) faults.push(`${everybody - least} rows were gone`)
      if (most > everybody) faults.push(`${most - everybody} rows were doubled`)
      const rows = await rowsTitled(agent, name)
      if (rows.length !== LEAVING) faults.push(`${rows.length} of ${LEAVING} pending rows`)
      await victim.start()
      agent.close()
      // Some go over to the new node, as they would when they open another page.
      for (const page of readers) if (victim.up && Math.random() < 0.5) page.cut()
      await allConnected(readers, 90_000)
    }
    await until('all invitations are over', async () => {
      const [open] = await place.read<{ n: number | string }>(
        'select count(*) as n from invitations where ended_at is null',
      )
      return Number(open?.n) === 0
    })
    await writers.settle()
    writers.close()
    for (const page of readers) page.close()
    const ends = await wrongEnds(place, { termMs: TERM_S * 1_000 })
    return {
      figures: `${deaths} deaths, ${whole(readers.length)} visitors; ${whole(returns.count)} came back, p95 ${seconds(returns.percentile(0.95))}, p99 ${seconds(returns.percentile(0.99))}; the dead node's visits pending after ${seconds(pending.percentile(1))} at worst; ${ends.ended} deadlines kept within ${ms(ends.worstMs)}; ${whole(ledger.acknowledged.size)} messages acknowledged`,
      faults: [
        ...faults,
        ...ends.faults,
        ...(await compare((sql) => place.read(sql), ledger)),
        ...atMost('pending', pending.percentile(1), PENDING_WITHIN),
        ...atMost('back, p95', returns.percentile(0.95), 10_500),
        ...atMost('back, p99', returns.percentile(0.99), 15_000),
      ],
    }
  },
}
