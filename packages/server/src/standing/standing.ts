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
    await commit((work) =>
      once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, () =>
        set(work, actor, command.available),
      ),
    )
    await directory.reload()
    return {}
  }

  async function set({ tx, announce }: Work, { agentId }: AgentActor, on: boolean) {
    if (!(await setAvailable(tx, agentId, on))) return
    await insertEvent(tx, {
      type: on ? 'agent.available' : 'agent.unavailable',
      at: clock.now(),
      brandId: null,
      subjectId: agentId,
      by: { kind: 'agent', id: agentId },
    })
    announce({ type: 'standing', agentId })
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

  /** Whoever leaves hands on what is theirs, and is unavailable first: or it would come back at once. */
  async function leave(actor: AgentActor, command: Command<'chats.handOn'>) {
    await commit((work) => set(work, actor, false))
    await directory.reload()
    return commit((work) =>
      once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => ({
        handed: await handOn(work, actor.agentId),
      })),
    )
  }

  return { available, active, leave }
}
