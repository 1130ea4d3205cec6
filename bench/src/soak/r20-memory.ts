import { setTimeout as pause } from 'node:timers/promises'
import { hasManyLoopbacks, loopbackOf } from '../loopback.ts'
import { inventPersona } from '../personas.ts'
import { random } from '../random.ts'
import { simulatedVisitor } from '../simulated-visitor.ts'
import { trend } from '../trend.ts'
import { openPlace } from './place.ts'
import { watchCounts } from './readers.ts'
import { type Scenario, whole } from './scenario.ts'

const MB = 2 ** 20
/** Visits of which the growth is told. */
const UNIT = 10_000
const PAGES = 4
const BETWEEN_MS = 150
/** One in so many asks something and goes. */
const ASKS = 50

export const r20: Scenario = {
  id: 'R20',
  title: 'memory while visitors come and go',
  profiles: ['embedded'],
  within: { short: 120, full: 900 },
  async run({ profile, size }) {
    const [perSecond, seconds, looks, most] = size === 'full' ? [420, 480, 24, 2] : [150, 24, 8, 24]
    await using place = await openPlace({
      profile,
      inspected: true,
      // Forgotten soon, so that as many are forgotten as come.
      settings: {
        BECKON_IDLE_MINUTES: '0.05',
        BECKON_REMOVED_SECONDS: '2',
        BECKON_GRACE_SECONDS: '1',
      },
    })
    const agent = await place.agent()
    const counts = watchCounts(agent)
    agent.watch<'chats'>({ topic: 'chats' }, () => {})
    const node = place.node(0)
    const came = { visits: 0, views: 0, chats: 0, troubles: new Map<string, number>() }
    const here = new Set<Promise<void>>()

    async function visit(number: number): Promise<void> {
      const chance = random(number)
      const { key, origin } = place.site
      const visitor = simulatedVisitor({
        server: node.base.replace('http', 'ws'),
        persona: inventPersona(chance, { site: key, origin }),
        random: chance,
        ...(hasManyLoopbacks ? { localAddress: loopbackOf(number % 4_000) } : {}),
      })
      await visitor.arrive({ url: `${origin}/`, title: 'Start' })
      came.visits += 1
      for (let page = 1; page <= PAGES; page++) {
        await pause(BETWEEN_MS)
        visitor.navigate({ url: `${origin}/p/${number}/${page}`, title: `Page ${page}` })
      }
      if (number % ASKS === 0) {
        const { chatId } = await visitor.startChat(`Question ${number}`)
        if (chatId) visitor.send({ type: 'chat.end', id: chance.id(), chatId })
        came.chats += 1
        await pause(BETWEEN_MS)
      }
      came.views += visitor.ledger.pageViews
      visitor.leave()
    }

    const from = performance.now()
    const samples: { x: number; y: number; handles: number }[] = []
    let asked = 0
    for (let look = 1; look <= looks; look++) {
      const until = (seconds * 1_000 * look) / looks
      for (let now = 0; now < until; now = performance.now() - from) {
        for (const due = (now / 1_000) * perSecond; asked < due; asked++) {
          const one = visit(asked + 1).catch(({ message }: Error) => {
            came.troubles.set(message, (came.troubles.get(message) ?? 0) + 1)
          })
          here.add(one)
          void one.finally(() => here.delete(one))
        }
        await pause(10)
      }
      const { bytes, handles } = await node.held()
      samples.push({ x: came.visits / UNIT, y: bytes / MB, handles })
    }
    await Promise.all(here)
    // What is kept of what is known for long (browsers, places) fills up at first.
    const settled = samples.slice(Math.floor(samples.length / 4))
    const { slope, steepest } = trend(settled)
    // Timers of those who are leaving come and go; what is left over again and again stays.
    const half = Math.floor(settled.length / 2)
    const fewest = (of: typeof settled) => Math.min(...of.map((sample) => sample.handles))
    const [early, late] = [fewest(settled.slice(0, half)), fewest(settled.slice(half))]
    const online = counts.now?.online ?? 0
    agent.close()
    return {
      figures: `${whole(came.visits)} visits, ${whole(came.views)} page views, ${whole(came.chats)} chats in ${seconds} s, ${whole(online)} here at the end; heap ${whole(settled[0]?.y ?? 0)} → ${whole(settled.at(-1)?.y ?? 0)} MB, ${slope.toFixed(2)} MB for each 10,000 visits (at most ${steepest.toFixed(2)}); handles ${early} → ${late}`,
      faults: [
        ...[...came.troubles].map(([what, times]) => `${times} visits failed: ${what}`),
        ...(came.visits < perSecond * seconds * 0.95 ? ['fewer came than were to come'] : []),
        ...(slope > most / 2 || steepest > most
          ? [
              `growth for each 10,000 visits: ${slope.toFixed(2)} MB and at most ${steepest.toFixed(2)}; allowed ${most / 2} and ${most}`,
            ]
          : []),
        ...(late > early + 20 ? [`handles went from ${early} to ${late}`] : []),
      ],
    }
  },
}
