import type { AgentId, BrandId, GroupId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Picture } from '../directory/directory.ts'

/**
 * The agent as they are now: roles and groups are read from the picture each time, so a change of
 * rights holds for the next request. Whoever keeps an actor (a socket) asks again on `directory`.
 * Undefined when the agent is gone or disabled.
 */
export function actorFrom(
  picture: Pick<Picture, 'agents' | 'groups'>,
  signIn: { agentId: AgentId; signInId: string; twoSteps?: boolean },
): AgentActor | undefined {
  const agent = picture.agents.get(signIn.agentId)
  if (!agent || agent.disabled) return undefined
  const groupIds = new Set<GroupId>()
  const brandIds = new Set<BrandId>()
  for (const group of picture.groups.values()) {
    if (!group.members.has(agent.id)) continue
    groupIds.add(group.id)
    brandIds.add(group.brandId)
  }
  const { name, chatName, roles } = agent
  const { signInId, twoSteps = false } = signIn
  return { agentId: agent.id, signInId, twoSteps, name, chatName, roles, groupIds, brandIds }
}
