import {
  type AgentId,
  type ChatId,
  type GroupId,
  type InvitationId,
  type Message,
  renderTemplate,
  type SiteId,
  type TopicName,
  type TopicTypes,
  type ValuesState,
  type VisitId,
  type VisitorId,
} from '@beckon/protocol'
import { applyEvent } from '../../../../client/src/streams.ts'
import { newId } from '../../../src/ids.ts'
import type { OpenTopic } from '../../../src/realtime/doors.ts'
import { Refusal } from '../../../src/refusal.ts'
import type { FakePresence, FakeTab, FakeVisit } from '../fake-presence.ts'
import type { Scene } from '../scene.ts'

export const AGENTS = ['ada', 'ben', 'mia', 'sal', 'oto', 'root'] as const
export type AgentName = (typeof AGENTS)[number]
export const GROUPS = ['supportGroup', 'supportSecond', 'salesGroup', 'otherGroup'] as const
export type GroupName = (typeof GROUPS)[number]

/** What histories need of a scene: in one process, or on several nodes. */
export type ModelScene = Pick<
  Scene,
  | 'store'
  | 'clock'
  | 'directory'
  | 'ids'
  | 'faults'
  | 'conversations'
  | 'conversationsOf'
  | 'use'
  | 'actor'
  | 'settle'
  | 'advance'
  | 'restart'
  | 'set'
  | 'visitor'
  | 'values'
> & {
  several?: boolean
  /** Does several things at once, in an order of its own; as it comes, where there is none. */
  interleaved?(work: () => Promise<unknown>): Promise<unknown>
  presence: Pick<FakePresence, 'arrive' | 'closeTab' | 'remove' | 'navigate'> & {
    find(visitId: VisitId): unknown
    /** Undefined where the site lets nobody in. */
    openTab(visit: FakeVisit): Promise<FakeTab | undefined>
  }
}

/** One answered command: said again, it must give the same answer and do nothing. */
export type Done = { again: () => Promise<unknown>; answer: string }

/** What was told to whom: the ledger the rows are checked against. Simpler than the code, on purpose. */
export type Ledger = {
  /** What the preview of an invitation showed, and what was chosen. */
  sent: Map<InvitationId, { text: string; agentId: AgentId; groupId: GroupId; sentAt: number }>
  /** When a view was first told, and where writing and keeping put the deadline since. */
  clocks: Map<InvitationId, { viewedAt: number; deadline: number; keeps: number; typedAt?: number }>
  /** Messages acknowledged with their number. */
  acked: { chatId: ChatId; seq: number; text: string; from: Message['from'] }[]
  /** Inviter disabled when the reply came. */
  orphans: Set<InvitationId>
  done?: Done
}

export type Person = { visitorId: VisitorId; visits: FakeVisit[] }

/** A subscription followed as the console follows it: snapshot, then events applied. */
type Followed<N extends TopicName> = {
  name: string
  topic: OpenTopic<N>
  state: TopicTypes[N]['state']
  lost: boolean
  fresh(): Promise<TopicTypes[N]['state'] | undefined>
}

export type World = Awaited<ReturnType<typeof createWorld>>

/** Two visitors and everybody who may talk to them, for one history. */
export async function createWorld(scene: ModelScene) {
  const people: Person[] = []
  for (let n = 0; n < 2; n++) {
    const { visitorId, visit } = await scene.visitor({ row: { browser: 'Firefox' } })
    people.push({ visitorId, visits: [visit] })
  }
  const ledger: Ledger = { sent: new Map(), clocks: new Map(), acked: [], orphans: new Set() }
  const ended = new Map<string, string>()
  let followed: Followed<TopicName>[] = []

  const agentId = (name: AgentName) => scene.ids[name]
  const doors = () => scene.conversations.agentDoors
  const doorsOf = (tab: FakeTab) => scene.conversationsOf(tab).visitorDoors

  async function follow<N extends 'me' | 'chats' | 'values' | 'chat'>(
    who: AgentName,
    params: { topic: N } & Record<string, unknown>,
    name = `${who} ${params.topic}`,
  ): Promise<void> {
    const door = scene.conversations.topics[params.topic as N]
    if (!door) throw new Error('No topic')
    const open = (out: Parameters<typeof door.open>[2]) =>
      door.open(scene.actor(agentId(who)), params as never, out)
    const one = { name, lost: false } as Followed<N>
    const topic = (await open({
      emit(event: TopicTypes[N]['event']) {
        one.state = applyEvent(params.topic as N, one.state, structuredClone(event))
      },
      lost: () => {
        one.lost = true
      },
    })) as OpenTopic<N>
    one.topic = topic
    // Over the wire: nothing of the server's own objects is shared.
    one.state = structuredClone(topic.state)
    one.fresh = async () => {
      try {
        const fresh = (await open({ emit: () => {}, lost: () => {} })) as OpenTopic<N>
        fresh.close()
        return fresh.state
      } catch (error) {
        if (error instanceof Refusal) return undefined
        throw error
      }
    }
    followed.push(one as unknown as Followed<TopicName>)
  }

  async function followAll() {
    for (const one of followed) one.topic.close()
    followed = []
    const first = people[0]?.visits[0]
    await follow('ada', { topic: 'me' })
    for (const [n, who] of (['ada', 'mia', 'sal', 'oto'] as const).entries()) {
      scene.use(n)
      await follow(who, { topic: 'chats' })
    }
    scene.use(0)
    if (first && scene.presence.find(first.id)) {
      await follow('ada', { topic: 'values', visitId: first.id })
    }
  }
  await followAll()

  /** Who may open a chat follows it from its first line, as the console's open chat does. */
  async function followChat(chatId: ChatId) {
    for (const [n, who] of (['ada', 'mia', 'oto'] as const).entries()) {
      scene.use(n)
      const name = `${who} chat ${chatId}`
      if (followed.some((one) => one.name === name && !one.lost)) continue
      try {
        await follow(who, { topic: 'chat', chatId }, name)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
      }
    }
  }

  const world = {
    scene,
    people,
    ledger,
    ended,
    agentId,
    doors,
    doorsOf,
    followAll,
    followChat,
    followed: () => followed,
    tabs: (person: Person): FakeTab[] => person.visits.flatMap((visit) => visit.tabs),
    row: (person: Person) =>
      scene.store.read((db) =>
        db
          .selectFrom('invitations')
          .selectAll()
          .where('visitor_id', '=', person.visitorId)
          .orderBy('id', 'desc')
          .executeTakeFirst(),
      ),
    chat: (person: Person) =>
      scene.store.read((db) =>
        db
          .selectFrom('chats')
          .selectAll()
          .where('visitor_id', '=', person.visitorId)
          .orderBy('id', 'desc')
          .executeTakeFirst(),
      ),
    async arrive(person: Person, siteId: SiteId) {
      const known = person.visits.find((visit) => visit.siteId === siteId)
      const visit =
        known ??
        scene.presence.arrive({ visitorId: person.visitorId, brandId: scene.ids.brand, siteId })
      if (!known) person.visits.push(visit)
      await scene.presence.openTab(visit)
    },
    /** What the dialog would show for these values. */
    preview(values: ValuesState, template: string, groupId: GroupId): string | undefined {
      const choice = values.groups.find((group) => group.id === groupId)
      if (!choice) return undefined
      const chosen = { group: choice.name, department: choice.department }
      return renderTemplate(template, { ...values.values, ...chosen })
    },
    /** Does it and keeps the answer for saying it again; a refusal is its code. */
    async attempt<T>(work: () => Promise<T>): Promise<T | { refused: string }> {
      try {
        const answer = await work()
        ledger.done = { again: work, answer: JSON.stringify(answer) }
        return answer
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return { refused: error.code }
      }
    },
    newId: () => newId<string>(),
    async close() {
      for (const one of followed) one.topic.close()
      for (const person of people) {
        for (const visit of person.visits) {
          if (scene.presence.find(visit.id)) scene.presence.remove(visit)
        }
      }
      // Whatever is still open ends, and with it what waits to be written down for it.
      await scene.advance(1_800_000)
    },
  }
  return world
}

export const refused = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && 'refused' in answer
    ? String(answer.refused)
    : undefined

export function must<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('Nobody there')
  return thing
}
