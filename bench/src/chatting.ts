import { setTimeout as pause } from 'node:timers/promises'
import type { AgentId, ChatId, ChatRow, ChatsState, GroupId, SiteView } from '@beckon/protocol'
import { differences, type Promised } from './chats-check.ts'
import { following, landing } from './pages.ts'
import { inventPersona } from './personas.ts'
import { OWNER, startProduct } from './product.ts'
import { type Random, random } from './random.ts'
import { type SimulatedAgent, signIn, simulatedAgent } from './simulated-agent.ts'
import { type SimulatedVisitor, simulatedVisitor } from './simulated-visitor.ts'

export type Chatted = {
  promised: number
  messages: number
  chats: number
  cuts: number
  /** What the server refused, by code; a refusal is an answer. */
  refused: Map<string, number>
  faults: string[]
}

const ORIGIN = 'http://127.0.0.1:4101'
const PASSWORD = 'a simulated agent speaks'
/** Chats at once: few, so that limits are met all the time. */
const LIMIT = 3
/** How long a broken connection may take to come back. */
const RETURN_MS = 30_000

/**
 * Visitors and agents who chat, reload and lose their connections, for a while; then the database
 * is compared with what each of them was told.
 */
export async function chatting(asked: {
  visitors: number
  agents: number
  seconds: number
  seed?: number
}): Promise<Chatted> {
  const product = await startProduct(ORIGIN)
  const chance = random(asked.seed ?? 1)
  const promised: Promised[] = []
  const refused = new Map<string, number>()
  let over = false
  let cuts = 0
  const day = {
    over: () => over,
    promise: (one: Promised) => void promised.push(one),
    refuse(error: unknown) {
      const [code = ''] = String((error as Error).message).split(':')
      refused.set(code, (refused.get(code) ?? 0) + 1)
    },
    cut: () => {
      cuts += 1
    },
  }
  try {
    const team = await hire(product.base, asked.agents)
    const working = team.members.map((member, n) =>
      work({ base: product.base, member, groups: team.groups, chance: random(1_000 + n), day }),
    )
    const talking = Array.from({ length: asked.visitors }, (_, n) =>
      talk({ base: product.base, site: team.site, name: `v${n}`, chance: random(10_000 + n), day }),
    )
    await pause(asked.seconds * 1_000 + chance.between(0, 100))
    over = true
    await Promise.all([...talking, ...working])
    const limits = new Map(team.members.map(({ agentId }) => [agentId, LIMIT]))
    const { faults, messages, chats } = differences(product.database, promised, limits)
    return { promised: promised.length, messages, chats, cuts, refused, faults }
  } finally {
    await product.stop()
  }
}

type Day = {
  over(): boolean
  promise(one: Promised): void
  refuse(error: unknown): void
  cut(): void
}
type Member = { agentId: AgentId; email: string }

/** Half of the team pulls from a queue, the other half is given chats in turn. */
async function hire(base: string, size: number) {
  const rest = await signIn(base, OWNER.email, OWNER.password)
  const members: Member[] = []
  for (let n = 0; n < size; n += 1) {
    const email = `agent${n}@bench.example`
    const { id } = await rest.post<{ id: AgentId }>('/agents', {
      name: `Agent ${n}`,
      chatName: `Agent ${n}`,
      email,
      password: PASSWORD,
      roles: ['agent'],
      chatLimit: LIMIT,
    })
    members.push({ agentId: id, email })
  }
  const { items } = await rest.get<{ items: { id: GroupId; departmentId: string }[] }>('/groups')
  const [first] = items
  const { items: sites } = await rest.get<{ items: SiteView[] }>('/sites')
  const site = sites.find(({ kind }) => kind === 'website')
  if (!first || !site) throw new Error('the first run made no group or no site')
  const half = Math.ceil(size / 2)
  const idsOf = (some: readonly Member[]) => some.map(({ agentId }) => agentId)
  await rest.patch(`/groups/${first.id}`, {
    memberIds: idsOf(members.slice(0, half)),
    distribution: 'round_robin',
  })
  const second = await rest.post<{ id: GroupId }>('/groups', {
    name: 'Second',
    departmentId: first.departmentId,
    memberIds: idsOf(members.slice(half)),
    distribution: 'pull',
  })
  return { members, site, groups: [first.id, second.id] }
}

/** One agent: takes, answers, passes on, ends; now and then the connection is gone. */
async function work(of: {
  base: string
  member: Member
  groups: readonly GroupId[]
  chance: Random
  day: Day
}): Promise<void> {
  const { base, member, groups, chance, day } = of
  const { cookie } = await signIn(base, member.email, PASSWORD)
  let count = 0
  let chats: ChatsState['chats'] = {}
  let desk: SimulatedAgent | undefined

  async function sitDown(): Promise<SimulatedAgent> {
    const agent = await simulatedAgent(base, cookie)
    chats = {}
    agent.watch<'chats'>({ topic: 'chats' }, ({ snapshot, event }) => {
      if (snapshot) chats = snapshot.chats
      for (const row of event?.set ?? []) chats[row.id] = row
      for (const id of event?.drop ?? []) delete chats[id]
    })
    await agent.ask({ type: 'availability.set', available: true })
    return agent
  }

  async function answer(agent: SimulatedAgent, chatId: ChatId): Promise<void> {
    const message = {
      type: 'message.send',
      id: chance.id(),
      chatId,
      text: `${member.email} ${count++}`,
    } as const
    // What was not acknowledged is sent again, as a console does, and nothing else before it.
    for (let connected = agent; ; ) {
      try {
        const { seq } = await connected.ask(message)
        return day.promise({ chatId, seq, text: message.text, sender: member.email })
      } catch (error) {
        if (!isLost(error)) return day.refuse(error)
        connected = await back()
      }
    }
  }

  /** Sits down again, however often that takes. */
  async function back(): Promise<SimulatedAgent> {
    desk = await returning(sitDown)
    return desk
  }

  desk = await back()
  while (!day.over()) {
    await pause(chance.between(100, 900))
    try {
      const rows = Object.values(chats) as ChatRow[]
      const mine = rows.filter((row) => row.state === 'active' && row.agentId === member.agentId)
      const queued = rows.find((row) => row.state === 'queued')
      const one = mine.length > 0 ? chance.pick(mine) : undefined
      if (chance.chance(0.02)) {
        day.cut()
        desk.cut()
        desk = await back()
      } else if (queued && chance.chance(0.5)) {
        await desk.ask({ type: 'chat.take', chatId: queued.id })
      } else if (one && chance.chance(0.05)) {
        await desk.ask({ type: 'chat.transfer', chatId: one.id, groupId: chance.pick(groups) })
      } else if (one && chance.chance(0.06)) {
        await desk.ask({ type: 'chat.end', chatId: one.id })
      } else if (one) {
        await answer(desk, one.id)
      }
    } catch (error) {
      if (isLost(error)) desk = await back()
      else day.refuse(error)
    }
  }
  desk.close()
}

/** One visitor: asks, writes, reloads, loses the network, ends, comes again. */
async function talk(of: {
  base: string
  site: SiteView
  name: string
  chance: Random
  day: Day
}): Promise<void> {
  const { base, site, name, chance, day } = of
  const persona = {
    ...inventPersona(chance, { site: site.key, origin: ORIGIN }),
    robot: false,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  }
  const visitor = simulatedVisitor({ server: base.replace('http', 'ws'), persona, random: chance })
  let page = landing(chance, ORIGIN)
  let count = 0

  const arrive = (): Promise<SimulatedVisitor> =>
    returning(async () => {
      await visitor.arrive(page)
      return visitor
    })

  async function say(send: (text: string, id: string) => ReturnType<SimulatedVisitor['write']>) {
    const text = `${name} ${count++}`
    const id = chance.id()
    for (;;) {
      try {
        const { seq, chatId = visitor.chatId } = await send(text, id)
        if (seq !== undefined && chatId) day.promise({ chatId, seq, text, sender: name })
        return
      } catch (error) {
        if (!isLost(error)) return day.refuse(error)
        await arrive()
      }
    }
  }

  await pause(chance.between(0, 5_000))
  await arrive()
  while (!day.over()) {
    await pause(chance.between(300, 3_000))
    const { chatId } = visitor
    if (chance.chance(0.05)) {
      day.cut()
      // In the middle of a message, sometimes.
      if (chatId && chance.chance(0.5)) {
        const saying = say((text, id) => visitor.write(chatId, text, id))
        visitor.cut()
        await saying
      } else {
        visitor.cut()
        await arrive()
      }
    } else if (chance.chance(0.1)) {
      page = following(chance, page, ORIGIN)
      visitor.leave()
      await arrive()
    } else if (!chatId) {
      await say((text, id) => visitor.startChat(text, id))
    } else if (chance.chance(0.04)) {
      visitor.send({ type: 'chat.end', id: chance.id(), chatId })
    } else {
      await say((text, id) => visitor.write(chatId, text, id))
    }
  }
  visitor.leave()
}

/** Tries until it works; what does not come back within half a minute is a fault of its own. */
async function returning<T>(arrive: () => Promise<T>): Promise<T> {
  const until = performance.now() + RETURN_MS
  for (;;) {
    try {
      return await arrive()
    } catch (error) {
      if (performance.now() > until) throw error
      await pause(200)
    }
  }
}

/** Nobody knows whether it was done: the connection went before the answer. */
const isLost = (error: unknown): boolean =>
  /connection was lost|^closed/.test(String((error as Error).message))
