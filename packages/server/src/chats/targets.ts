import type { AgentId, ChatId, TransferTarget } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { seesBrand } from '../agents/rights.ts'
import type { Agent, Directory, Group, Picture } from '../directory/directory.ts'
import { connectedAgents } from '../store/board-rows.ts'
import { chatLoads } from '../store/routing-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { chatVisibleTo } from './access.ts'
import { hasRoom } from './routing/routing.ts'
import { type Loads, loadOf } from './routing/seats.ts'

/* Who can be passed a chat now, and why the others cannot: one answer for the list and the command. */

/** Who has a console open. */
export type Here = { has(agentId: AgentId): boolean }

/** Across departments and brands: every group of the brands the agent works in. */
export const passableGroups = (actor: AgentActor, picture: Picture): Group[] =>
  [...picture.groups.values()].filter((group) => seesBrand(actor, group.brandId))

export function whyNotAgent(
  { group, picture, loads, here }: { group: Group; picture: Picture; loads: Loads; here: Here },
  agentId: AgentId,
): string | undefined {
  const agent = picture.agents.get(agentId)
  const member = group.members.get(agentId)
  if (!agent || !member || !answers(agent)) return 'is not in this group'
  if (!agent.available) return 'is unavailable'
  if (!here.has(agentId)) return 'is not signed in'
  if (!member.active) return 'is not active in this group'
  const load = loadOf(loads, agentId)
  if (hasRoom({ ...load, limit: agent.chatLimit }, group)) return undefined
  return load.load >= agent.chatLimit
    ? `has ${load.load} of ${agent.chatLimit} chats`
    : `has ${load.loadIn.get(group.id)} of ${group.chatLimit} chats of ${group.name}`
}

/** The queue of a group is for whoever there receives chats, also when all have their hands full. */
export function whyNotGroup(
  group: Group,
  { picture, here }: { picture: Picture; here: Here },
): string | undefined {
  if (!picture.departments.get(group.departmentId)?.liveChat) return 'Live chat is off here.'
  for (const [agentId, { active }] of group.members) {
    const agent = picture.agents.get(agentId)
    if (active && agent && answers(agent) && agent.available && here.has(agentId)) {
      return undefined
    }
  }
  return 'Nobody here receives chats now.'
}

const answers = (agent: Agent): boolean => !agent.disabled && agent.roles.has('agent')

/** Where a chat that an agent may open can be passed on to, own groups first. */
export function createTargets(deps: { store: Store; directory: Directory; clock: Clock }) {
  const { store, directory, clock } = deps
  return async (actor: AgentActor, chatId: ChatId): Promise<{ items: TransferTarget[] }> => {
    const picture = directory.now
    const { chat, loads, here } = await store.read(async (db) => ({
      chat: await chatVisibleTo(db, { actor, picture }, chatId),
      loads: await chatLoads(db),
      here: await connectedAgents(db, clock.now()),
    }))
    const own = (group: Group) => Number(actor.groupIds.has(group.id))
    const groups = passableGroups(actor, picture).sort(
      (a, b) => own(b) - own(a) || a.name.localeCompare(b.name),
    )
    return {
      items: groups.map((group) => {
        const off = whyNotGroup(group, { picture, here })
        return {
          groupId: group.id,
          name: group.name,
          department: picture.departments.get(group.departmentId)?.name ?? '',
          brand: picture.brands.get(group.brandId)?.name ?? '',
          ...(off && { off }),
          agents: agentsOf(group, { picture, loads, here, except: chat.agent_id }),
        }
      }),
    }
  }
}

function agentsOf(
  group: Group,
  {
    picture,
    loads,
    here,
    except,
  }: { picture: Picture; loads: Loads; here: Here; except: AgentId | null },
): TransferTarget['agents'] {
  return [...group.members.keys()]
    .flatMap((id) => {
      const agent = picture.agents.get(id)
      return agent && id !== except && answers(agent) ? [agent] : []
    })
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name, chatLimit }) => {
      const off = whyNotAgent({ group, picture, loads, here }, id)
      const { load: activeChats } = loadOf(loads, id)
      return { agentId: id, name, activeChats, chatLimit, ...(off && { off }) }
    })
}
