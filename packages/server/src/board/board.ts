import type { AgentId, BoardAgent, BoardEvent, BoardGroup, BoardState } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { managesGroup } from '../agents/rights.ts'
import type { Picture } from '../directory/directory.ts'

/* What managers watch over: the groups of their departments, and whoever works in them. Pure. */

/** An open chat, as far as the board counts it. */
export type CountedChat = {
  state: 'queued' | 'active' | 'ended'
  group_id: BoardGroup['id']
  agent_id: AgentId | null
  queued_at: number
  waiting_since: number | null
}

export function boardOf(
  actor: AgentActor,
  {
    picture,
    chats,
    connected,
  }: { picture: Picture; chats: readonly CountedChat[]; connected: ReadonlySet<AgentId> },
): BoardState {
  const state: BoardState = { groups: {}, agents: {} }
  for (const group of picture.groups.values()) {
    if (!managesGroup(actor, group.id, picture)) continue
    const department = picture.departments.get(group.departmentId)
    const own = chats.filter((chat) => chat.group_id === group.id)
    const queued = own.filter((chat) => chat.state === 'queued')
    const waiting = queued.map((chat) => chat.waiting_since ?? chat.queued_at)
    state.groups[group.id] = {
      id: group.id,
      name: group.name,
      departmentId: group.departmentId,
      department: department?.name ?? '',
      brand: picture.brands.get(group.brandId)?.name ?? '',
      liveChat: department?.liveChat ?? false,
      queued: queued.length,
      ...(waiting.length > 0 && { waitingSince: Math.min(...waiting) }),
      active: own.filter((chat) => chat.state === 'active').length,
      members: [],
    }
    const members = state.groups[group.id]?.members ?? []
    for (const [agentId, { active }] of group.members) {
      const agent = agentOn(agentId, { picture, chats, connected })
      if (!agent) continue
      state.agents[agentId] = agent
      members.push({ agentId, active })
    }
    members.sort((a, b) => (a.agentId < b.agentId ? -1 : 1))
  }
  return state
}

/** Those who can answer; a manager without the agent role has no chats to be counted. */
function agentOn(
  id: AgentId,
  {
    picture,
    chats,
    connected,
  }: { picture: Picture; chats: readonly CountedChat[]; connected: ReadonlySet<AgentId> },
): BoardAgent | undefined {
  const agent = picture.agents.get(id)
  if (!agent || agent.disabled || !agent.roles.has('agent')) return undefined
  const { name, available, chatLimit } = agent
  const activeChats = chats.filter((chat) => chat.state === 'active' && chat.agent_id === id).length
  return { id, name, available, connected: connected.has(id), activeChats, chatLimit }
}

export function boardChange(before: BoardState, after: BoardState): BoardEvent | undefined {
  const event: BoardEvent = {}
  const groups = changed(before.groups, after.groups)
  const agents = changed(before.agents, after.agents)
  const dropGroups = gone(before.groups, after.groups)
  const dropAgents = gone(before.agents, after.agents)
  if (groups.length > 0) event.groups = groups
  if (agents.length > 0) event.agents = agents
  if (dropGroups.length > 0) event.dropGroups = dropGroups
  if (dropAgents.length > 0) event.dropAgents = dropAgents
  return Object.keys(event).length > 0 ? event : undefined
}

type Entries<K extends string, T> = Record<K, T>

const changed = <K extends string, T>(before: Entries<K, T>, after: Entries<K, T>): T[] =>
  (Object.keys(after) as K[])
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => after[key])

const gone = <K extends string, T>(before: Entries<K, T>, after: Entries<K, T>): K[] =>
  (Object.keys(before) as K[]).filter((key) => !Object.hasOwn(after, key))
