import { setTimeout as pause } from 'node:timers/promises'
import { histogram } from '../histogram.ts'
import { random } from '../random.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { atMost, EVERYWHERE, ms, type Scenario, whole } from './scenario.ts'
import { openWriters } from './writers.ts'

/** From the start of the process to its first answer, 95 times of 100. */
const BACK_WITHIN = 2_000

export const r01: Scenario = {
  id: 'R1',
  title: '`kill -9` in the middle of chats',
  profiles: EVERYWHERE,
  within: { short: 60, full: 900 },
  async run({ profile, size }) {
    const [chats, kills, between] = size === 'full' ? [50, 100, 200] : [20, 4, 100]
    await using place = await openPlace({ profile })
    const ledger = createLedger()
    const agent = await place.agent(place.nodes.length - 1)
    const writers = openWriters({ place, ledger, many: chats })
    await writers.begun()
    agent.close()
    const chance = random(1_729)
    const back = histogram()
    for (let kill = 0; kill < kills; kill++) {
      await writers.more(between)
      await pause(chance.between(0, 250))
      const node = chance.pick(place.nodes)
      await node.kill()
      back.add(await node.start())
    }
    await writers.more(between)
    await writers.settle()
    writers.close()
    const faults = await compare((sql) => place.read(sql), ledger)
    const acknowledged = ledger.acknowledged.size
    return {
      figures: `${kills} kills, ${whole(acknowledged)} messages acknowledged in ${chats} chats; serving again after ${ms(back.percentile(0.5))}, at worst ${ms(back.percentile(1))}`,
      faults: [
        ...faults,
        // Of two nodes the other one serves meanwhile.
        ...(profile === 'embedded'
          ? atMost('serving again', back.percentile(0.95), BACK_WITHIN)
          : []),
        ...(size === 'full' && acknowledged < 20_000 ? ['fewer than 20,000 messages'] : []),
      ],
    }
  },
}
