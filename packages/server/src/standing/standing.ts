import type { AgentCommand, AgentId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayInvite } from '../agents/rights.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { notThere, Refusal } from '../refusal.ts'
import { setActive, setAvailable } from '../store/assignment-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Clock } from '../time/clock.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>

/** The agent's own switches: available for new chats, active in a group. */
export function createStanding(deps: {
  commit: Commit
  directory: Directory
  clock: Clock
  handOn: (work: Work, agentId: AgentId) => Promise<number>
}) {
  const { commit, directory, clock, handOn } = deps

  async function available(actor: AgentActor, command: Command<'availability.set'>) {
    if (!mayInvite(actor)) throw new Refusal('not_allowed', 'Only agents receive chats.')
    const at = clock.now()
    await commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        if (!(await setAvailable(tx, actor.agentId, command.available))) return
        await insertEvent(tx, {
          type: command.available ? 'agent.available' : 'agent.unavailable',
          at,
          brandId: null,
          subjectId: actor.agentId,
          by: { kind: 'agent', id: actor.agentId },
        })
        announce({ type: 'standing', agentId: actor.agentId })
      }),
    )
    await directory.reload()
    return {}
  }

  async function active(actor: AgentActor, command: Command<'group.setActive'>) {
    const at = clock.now()
    await commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        const { groupId, active } = command
        if (!(await setActive(tx, groupId, actor.agentId, active))) throw notThere('group')
        await insertEvent(tx, {
          type: active ? 'agent.activated' : 'agent.deactivated',
          at,
          brandId: directory.now.groups.get(groupId)?.brandId ?? null,
          subjectId: actor.agentId,
          by: { kind: 'agent', id: actor.agentId },
          data: { groupId },
        })
        announce({ type: 'standing', agentId: actor.agentId })
      }),
    )
    await directory.reload()
    return {}
  }

  /** Whoever leaves hands on what is theirs. */
  const leave = (actor: AgentActor, command: Command<'chats.handOn'>) =>
    commit((work) =>
      once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => ({
        handed: await handOn(work, actor.agentId),
      })),
    )

  return { available, active, leave }
}
