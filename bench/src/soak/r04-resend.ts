import { random } from '../random.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { openTcpProxy } from './proxy.ts'
import { EVERYWHERE, type Scenario, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

const LOST_SHARE = 0.3
const CUT_EVERY_MS = 3_000

export const r04: Scenario = {
  id: 'R4',
  title: 'acknowledgements lost, connections cut every 3 s',
  profiles: EVERYWHERE,
  within: { short: 90, full: 900 },
  async run({ profile, size }) {
    const [chats, messages] = size === 'full' ? [200, 100] : [40, 6]
    await using place = await openPlace({ profile })
    const proxies = await Promise.all(place.nodes.map(({ port }) => openTcpProxy(port)))
    const ledger = createLedger()
    const chance = random(4)
    let lost = 0
    for (const proxy of proxies) {
      proxy.dropFrames((text) => {
        const drop = text.includes('"done"') && chance.chance(LOST_SHARE)
        if (drop) lost += 1
        return drop
      })
    }
    let turn = 0
    let cuts = 0
    const agent = await place.agent()
    /** Of what was acknowledged, some is said again: later, under the same id. */
    const again = new Map<string, number>()
    const refusedAgain = new Map<string, string>()
    const writers = openWriters({
      place,
      ledger,
      many: chats,
      messages,
      server: () => proxies[turn++ % proxies.length]?.base ?? '',
      onFrame(frame, page) {
        if (frame.type === 'refused' && frame.id) refusedAgain.set(frame.id, frame.code)
        const { chatId } = page
        if (frame.type !== 'done' || !chatId || !chance.chance(0.1)) return
        const told = ledger.acknowledged.get(frame.id)
        if (!told || told.seq === 1 || again.has(frame.id)) return
        again.set(frame.id, told.seq)
        page.send({ type: 'message.send', id: frame.id, chatId, text: told.text })
      },
    })
    const cutting = setInterval(() => {
      cuts += 1
      for (const proxy of proxies) proxy.cut()
    }, CUT_EVERY_MS)
    try {
      await until(
        'everything is acknowledged',
        () => ledger.acknowledged.size >= chats * messages,
        (size === 'full' ? 800 : 70) * 1_000,
      )
    } finally {
      clearInterval(cutting)
    }
    for (const proxy of proxies) proxy.dropFrames(undefined)
    await until('all are connected', () => writers.pages.every((page) => page.connected))
    // The same id for another text is nobody's second try.
    const reused: string[] = []
    for (const page of writers.pages) {
      const [id] =
        [...ledger.acknowledged].find(([, told]) => told.chatId === page.chatId && told.seq > 1) ??
        []
      if (!id || !page.chatId) continue
      reused.push(id)
      page.send({ type: 'message.send', id, chatId: page.chatId, text: 'something else' })
    }
    await until('the others are refused', () =>
      reused.every((id) => refusedAgain.get(id) === 'client_id_reused'),
    )
    await writers.settle()
    writers.close()
    agent.close()
    for (const proxy of proxies) await proxy.close()
    return {
      figures: `${chats} chats of ${messages} messages, ${whole(lost)} acknowledgements lost, ${cuts} cuts of all; ${again.size} said again and answered the same, ${reused.length} ids with another text refused`,
      faults: await compare((sql) => place.read(sql), ledger),
    }
  },
}
