import type { AgentId, ChatId } from '@beckon/protocol'
import { random } from '../random.ts'
import { type SimulatedAgent, signIn, simulatedAgent } from '../simulated-agent.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { EVERYWHERE, type Scenario, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

const PASSWORD = 'everybody speaks at once'

export const r05: Scenario = {
  id: 'R5',
  title: 'many write in one chat at once',
  profiles: EVERYWHERE,
  within: { short: 90, full: 600 },
  async run({ profile, size }) {
    const [senders, messages] = size === 'full' ? [50, 400] : [12, 40]
    await using place = await openPlace({ profile })
    const ledger = createLedger()
    const faults: string[] = []
    const first = await place.agent()
    const writers = openWriters({ place, ledger, many: 1, messages })
    await writers.begun()
    const chatId = writers.pages[0]?.chatId as ChatId
    await first.ask({ type: 'chat.take', chatId })
    const agents: SimulatedAgent[] = []
    const observers: Map<number, string>[] = []
    // Managers may join any chat of their department.
    const { agent: owner } = await place.rest.get<{ agent: { id: AgentId } }>('/me')
    const team = [owner.id]
    const emailOf = (n: number) => `sender${n}@bench.example`
    for (let n = 0; n < senders; n++) {
      const { id } = await place.rest.post<{ id: AgentId }>('/agents', {
        name: `Sender ${n}`,
        chatName: `Sender ${n}`,
        email: emailOf(n),
        password: PASSWORD,
        roles: ['agent', 'manager'],
      })
      team.push(id)
    }
    await place.rest.patch(`/groups/${place.groupId}`, { memberIds: team })
    for (let n = 0; n < senders; n++) {
      const { base } = place.node(n % place.nodes.length)
      const { cookie } = await signIn(base, emailOf(n), PASSWORD)
      const agent = await simulatedAgent(base, cookie)
      const seen = new Map<number, string>()
      let last = 0
      agent.watch<'chat'>({ topic: 'chat', chatId }, ({ snapshot, event }) => {
        for (const { seq, text } of snapshot?.messages ?? event?.messages ?? []) {
          if (event && seq > last + 1) faults.push(`${emailOf(n)} saw ${seq} after ${last}`)
          if (seq > last) last = seq
          seen.set(seq, text)
        }
      })
      await agent.ask({ type: 'chat.join', chatId })
      agents.push(agent)
      observers.push(seen)
    }
    const chance = random(5)
    await Promise.all(
      agents.map(async (agent, n) => {
        for (let count = 0; count < messages; count++) {
          const message = {
            type: 'message.send',
            id: chance.id(),
            chatId,
            text: `s${n} ${count}`,
          } as const
          ledger.sent.set(message.id, message.text)
          const { seq } = await agent.ask(message)
          ledger.acknowledge(message.id, { chatId, seq })
        }
      }),
    )
    await writers.settle()
    const top = Math.max(...[...ledger.acknowledged.values()].map(({ seq }) => seq))
    await until('everybody has seen everything', () => observers.every((seen) => seen.has(top)))
    for (const seen of observers) for (const [seq, text] of seen) ledger.see(chatId, seq, text)
    writers.close()
    for (const agent of [first, ...agents]) agent.close()
    return {
      figures: `${senders} agents and a visitor wrote ${whole(ledger.acknowledged.size)} messages; one order for all ${senders + 1} who looked on, no gap`,
      faults: [...faults, ...(await compare((sql) => place.read(sql), ledger))],
    }
  },
}
