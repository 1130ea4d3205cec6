import type { AgentCommand } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { managesAgent, managesGroup } from '../agents/rights.ts'
import type { Commit } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { notThere, Refusal } from '../refusal.ts'
import { setActive, setAvailable } from '../store/assignment-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Clock } from '../time/clock.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>

/** The switches of colleagues, set by managers of their departments (C9). */
export function createSwitches(deps: { commit: Commit; directory: Directory; clock: Clock }) {
  const { commit, directory, clock } = deps

  async function available(actor: AgentActor, command: Command<'agent.setAvailable'>) {
    const { agentId, available: on } = command
    const agent = directory.now.agents.get(agentId)
    if (!agent || !managesAgent(actor, agentId, directory.now)) throw notThere('agent')
    if (on && (agent.disabled || !agent.roles.has('agent'))) {
      throw new Refusal('cannot_receive', `${agent.name} is no agent: no chats go to them.`)
    }
    const at = clock.now()
    await commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        if (!(await setAvailable(tx, agentId, on))) return
        await insertEvent(tx, {
          type: on ? 'agent.available' : 'agent.unavailable',
          at,
          brandId: null,
          subjectId: agentId,
          by: { kind: 'agent', id: actor.agentId },
        })
        announce({ type: 'standing', agentId })
      }),
    )
    await directory.reload()
    return {}
  }

  async function active(actor: AgentActor, command: Command<'agent.setActive'>) {
    const { agentId, groupId, active: on } = command
    if (!managesGroup(actor, groupId, directory.now)) throw notThere('group')
    if (!directory.now.groups.get(groupId)?.members.has(agentId)) throw notThere('agent')
    const at = clock.now()
    await commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        if (!(await setActive(tx, groupId, agentId, on))) throw notThere('agent')
        await insertEvent(tx, {
          type: on ? 'agent.activated' : 'agent.deactivated',
          at,
          brandId: directory.now.groups.get(groupId)?.brandId ?? null,
          subjectId: agentId,
          by: { kind: 'agent', id: actor.agentId },
          data: { groupId },
        })
        announce({ type: 'standing', agentId })
      }),
    )
    await directory.reload()
    return {}
  }

  return { available, active }
}
