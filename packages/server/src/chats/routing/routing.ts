import type {
  AgentId,
  ChatId,
  Distribution,
  GroupId,
  HandOffReason,
  HandOffTimers,
  Timestamp,
} from '@beckon/protocol'
import { seconds } from '../../time/clock.ts'

/*
 * Who gets which chat, and which chats are taken from whom (DESIGN §6, C8). Pure: everything that
 * decides goes in, moves come out. The shell makes them one by one, each as a compare-and-set, and
 * asks again after whatever changed.
 */

export type RoutingGroup = {
  id: GroupId
  distribution: Distribution
  /** Its open chats with one agent; null: the agent's own limit alone. */
  chatLimit: number | null
  handOff: HandOffTimers
}

export type RoutingAgent = {
  id: AgentId
  /** Connected, available, and with the role for it. */
  receives: boolean
  /** Where they are active. */
  groupIds: ReadonlySet<GroupId>
  limit: number
  /** Open chats in all, and in each group. Invited ones count; nothing holds them back. */
  load: number
  loadIn: ReadonlyMap<GroupId, number>
  /** When a chat was given to them last. */
  givenAt: Timestamp
  /** Since when no console of theirs is connected. */
  goneSince?: Timestamp
}

export type QueuedChat = { id: ChatId; groupId: GroupId; queuedAt: Timestamp }

export type HeldChat = QueuedChat & {
  agentId: AgentId
  /** It began with an invitation of the agent who holds it. */
  invited: boolean
  /** When its agent was given it. */
  givenAt: Timestamp
  /** An agent has written to the visitor. */
  answered: boolean
  /** Since when its agent has neither written nor typed while the visitor waits; null: wrote last. */
  idleSince: Timestamp | null
}

export type Move =
  | { type: 'give'; chat: QueuedChat; to: AgentId }
  /** Without an agent: back to the queue. */
  | { type: 'hand_off'; chat: HeldChat; to: AgentId | null; reason: HandOffReason }

export type RoutingFacts = {
  now: Timestamp
  groups: ReadonlyMap<GroupId, RoutingGroup>
  agents: ReadonlyMap<AgentId, RoutingAgent>
  queued: readonly QueuedChat[]
  held: readonly HeldChat[]
}

/**
 * All moves of this moment, in the order in which they are to be made. Room that one of them makes
 * is for the next time: else who came later would be given it, past whoever was passed over before.
 */
export function decide({ now, groups, agents: given, queued, held }: RoutingFacts): Move[] {
  const agents = new Map<AgentId, Counted>()
  for (const [id, agent] of given) agents.set(id, { ...agent, loadIn: new Map(agent.loadIn) })
  const moves: Move[] = []
  const waiting = [
    ...queued.map((chat) => ({ chat, due: undefined })),
    ...held.flatMap((chat) => {
      const due = dueReason(chat, agents.get(chat.agentId), groups.get(chat.groupId), now)
      return due ? [{ chat, due }] : []
    }),
  ].sort(byPlace)

  for (const { chat, due } of waiting) {
    const group = groups.get(chat.groupId)
    if (!group) continue
    if (due === undefined) {
      const to = group.distribution === 'round_robin' && nextAgent(agents.values(), group)
      if (!to) continue
      moves.push({ type: 'give', chat, to: to.id })
      grow(to, group.id, now)
    } else {
      const to = whereTo({ chat, due, group, agents })
      if (to === undefined) continue
      moves.push({ type: 'hand_off', chat, to: to?.id ?? null, reason: due })
      if (to) grow(to, group.id, now)
    }
  }
  return moves
}

const byPlace = (a: { chat: QueuedChat }, b: { chat: QueuedChat }): number =>
  a.chat.queuedAt - b.chat.queuedAt || (a.chat.id < b.chat.id ? -1 : 1)

type Counted = RoutingAgent & { loadIn: Map<GroupId, number> }

/** Why a chat is to be taken from its agent now. Whoever has no account any more has none to keep. */
export function dueReason(
  { idleSince, answered, givenAt }: Pick<HeldChat, 'idleSince' | 'answered' | 'givenAt'>,
  agent: Pick<RoutingAgent, 'goneSince'> | undefined,
  group: Pick<RoutingGroup, 'handOff'> | undefined,
  now: Timestamp,
): HandOffReason | undefined {
  if (!agent) return 'agent_gone'
  const passed = (since: Timestamp | null | undefined, limit: number | null | undefined) =>
    typeof since === 'number' && typeof limit === 'number' && now - since >= seconds(limit)
  const timers = group?.handOff
  // Whoever is given a chat while they are away has the whole time to come back to it.
  const goneSince = agent.goneSince === undefined ? undefined : Math.max(agent.goneSince, givenAt)
  if (passed(goneSince, timers?.gone)) return 'agent_gone'
  if (!answered && passed(idleSince, timers?.firstReply)) return 'no_first_reply'
  if (answered && passed(idleSince, timers?.followUp)) return 'no_follow_up'
  return undefined
}

/**
 * Another agent in turn, or null for the queue. Undefined leaves the chat where it is: an invited
 * one while nobody else could receive it, and one given in turn while only its agent is there.
 */
export function whereTo<A extends RoutingAgent>(asked: {
  chat: HeldChat
  due: HandOffReason
  group: RoutingGroup
  agents: ReadonlyMap<AgentId, A>
}): A | null | undefined {
  const { chat, due, group, agents } = asked
  const others = [...agents.values()].filter(({ id }) => id !== chat.agentId)
  const next = nextAgent(others, group)
  const deserted = !agents.has(chat.agentId)
  if (chat.invited && !next && !deserted) return undefined
  if (group.distribution === 'pull') return null
  return next ?? (due === 'agent_gone' ? null : undefined)
}

/** Whom the next chat of a group is for: who has fewest, of these who has waited longest. */
function nextAgent<A extends RoutingAgent>(
  agents: Iterable<A>,
  group: RoutingGroup,
): A | undefined {
  let best: A | undefined
  for (const agent of agents) {
    if (canReceive(agent, group) && (!best || comesBefore(agent, best))) best = agent
  }
  return best
}

export const canReceive = (agent: RoutingAgent, group: RoutingGroup): boolean =>
  agent.receives && agent.groupIds.has(group.id) && hasRoom(agent, group)

/** Under their own limit, and under the group's. */
export const hasRoom = (
  { load, loadIn, limit }: Pick<RoutingAgent, 'load' | 'loadIn' | 'limit'>,
  group: Pick<RoutingGroup, 'id' | 'chatLimit'>,
): boolean =>
  load < limit && (group.chatLimit === null || (loadIn.get(group.id) ?? 0) < group.chatLimit)

const comesBefore = (a: RoutingAgent, b: RoutingAgent): boolean =>
  (a.load - b.load || a.givenAt - b.givenAt || (a.id < b.id ? -1 : 1)) < 0

function grow(agent: Counted, groupId: GroupId, now: Timestamp) {
  agent.load++
  agent.loadIn.set(groupId, (agent.loadIn.get(groupId) ?? 0) + 1)
  agent.givenAt = now
}
