import { setTimeout as pause } from 'node:timers/promises'
import type { VisitId } from '@beckon/protocol'
import { histogram } from '../histogram.ts'
import { invite } from '../inviting.ts'
import { random } from '../random.ts'
import { compare, createLedger } from './ledger.ts'
import { gatherFlood } from './page-flood.ts'
import { openPlace } from './place.ts'
import { gather, rowsTitled } from './readers.ts'
import { atMost, ms, type Scenario, whole } from './scenario.ts'
import { openShopPage } from './shop-page.ts'
import { takeChats } from './talk.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

/** What one page may send a second, and a little less. */
const EACH = 18
const CHATS = 20
const WRITE_EVERY_MS = 500
const ASK_EVERY_MS = 400

export const r25: Scenario = {
  id: 'R25',
  title: 'more page views than the server can take',
  profiles: ['embedded'],
  within: { short: 150, full: 400 },
  async run({ profile, size }) {
    const [connections, seconds] = size === 'full' ? [3_000, 120] : [1_500, 12]
    await using place = await openPlace({ profile })
    const node = place.node(0)
    const ledger = createLedger()
    const agent = await place.agent()
    const writers = openWriters({
      place,
      ledger,
      many: CHATS,
      paceMs: WRITE_EVERY_MS,
      asBrowsers: true,
    })
    await writers.begun()
    await takeChats(agent, writers.pages)
    const readers = await gather({ place, ledger, many: 60, name: 'r', seed: 25 })
    const flood = await gatherFlood({
      server: node.base.replace('http', 'ws'),
      site: place.site,
      connections,
      perSecond: connections * EACH,
      processes: 2,
    })
    flood.begin()
    await pause(2_000)
    const figures = async () => {
      const [taken, stored] = await Promise.all([
        node.metric('beckon_page_views_total'),
        node.metric('beckon_page_views_stored_total'),
      ])
      const acknowledged = ledger.acknowledged.size
      return { at: performance.now(), sent: flood.sent, taken, stored, acknowledged }
    }
    const before = await figures()
    const end = performance.now() + seconds * 1_000
    const invited = histogram()
    const appeared = histogram()
    const faults: string[] = []

    /** Invites one after the other, each until it has been seen. */
    const inviting = async () => {
      for (let n = 0; performance.now() < end; n++) {
        const reader = readers[n % readers.length]
        if (!reader?.visitId || n >= readers.length) break
        const from = performance.now()
        await invite(agent, reader.visitId as VisitId, 'Can I help?')
        await until('the invitation came', () => reader.invitations.length > 0)
        invited.add(performance.now() - from)
        await pause(ASK_EVERY_MS)
      }
    }
    /** Somebody comes, until an agent who looks sees them. */
    const coming = async () => {
      for (let n = 0; performance.now() < end; n++) {
        const from = performance.now()
        const page = openShopPage({
          server: () => node.base,
          site: place.site,
          name: `newcomer${n}`,
          address: `198.21.${n >> 8}.${n & 255}`,
          random: random(2_500_000 + n),
          ledger,
        })
        await until('a newcomer is seen', async () => {
          return (await rowsTitled(agent, `Page of newcomer${n}`)).length > 0
        })
        appeared.add(performance.now() - from)
        page.close()
        await pause(ASK_EVERY_MS)
      }
    }
    await Promise.all([
      inviting().catch((error) => void faults.push(`inviting: ${error}`)),
      coming().catch((error) => void faults.push(`coming: ${error}`)),
      pause(end - performance.now()),
    ])
    const after = await figures()
    await flood.stop()
    await writers.settle()
    writers.close()
    for (const page of readers) page.close()
    agent.close()
    const took = (after.at - before.at) / 1_000
    const rate = (of: 'sent' | 'taken' | 'stored') => (after[of] - before[of]) / took
    const said = ledger.waits.percentile(0.99)
    const refused = [...ledger.refused].map(([code, times]) => `${code} ${times}`)
    return {
      figures: `${whole(rate('sent'))} page views a second sent, ${whole(rate('taken'))} taken in, ${whole(rate('stored'))} stored; meanwhile ${whole(after.acknowledged - before.acknowledged)} messages acknowledged, p99 ${ms(said)}; ${invited.count} invitations seen, p99 ${ms(invited.percentile(0.99))}; ${appeared.count} newcomers in the list, p99 ${ms(appeared.percentile(0.99))}`,
      faults: [
        ...faults,
        ...(refused.length > 0 ? [`refused: ${refused.join(', ')}`] : []),
        ...atMost('sent → acknowledged, p99', said, 1_000),
        ...atMost('invitation, p99', invited.percentile(0.99), 2_000),
        ...atMost('newcomer in the list, p99', appeared.percentile(0.99), 5_000),
        ...(await compare((sql) => place.read(sql), ledger)),
      ],
    }
  },
}
