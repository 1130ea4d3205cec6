import type { AgentCommand } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory, Group, Picture } from '../directory/directory.ts'
import { agentCard, agentName } from '../invitations/view.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { AgentLines } from '../standing/agent-lines.ts'
import { leaveChat } from '../store/chat-rows.ts'
import { chatLoads, noteTaken } from '../store/routing-rows.ts'
import { takeTurn } from '../store/turn.ts'
import type { Clock } from '../time/clock.ts'
import { actsOn, chatVisibleTo, type VisibleChat } from './access.ts'
import { passChat } from './changes.ts'
import { tellFact } from './messages.ts'
import { writeNote } from './notes.ts'
import { passableGroups, whyNotAgent, whyNotGroup } from './targets.ts'
import { hasEnded, outrun } from './too-late.ts'

type Transfer = Extract<AgentCommand, { type: 'chat.transfer' }>

/**
 * A chat goes to somebody else, or to a group whose distribution decides who gets it (C7). The
 * visitor is told who passed them to whom; the comment is for agents.
 */
export function createTransfer(deps: {
  commit: Commit
  directory: Directory
  clock: Clock
  lines: Pick<AgentLines, 'isHere'>
}) {
  const { commit, directory, clock, lines } = deps
  const here = { has: lines.isHere }

  return (actor: AgentActor, command: Transfer): Promise<Record<never, never>> =>
    commit((work) =>
      once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => {
        const seenBy = { actor, picture: directory.now }
        const chat = await chatVisibleTo(work.tx, seenBy, command.chatId)
        if (!actsOn(seenBy, chat).includes('transfer')) throw whyNot(chat, directory.now)
        const group = await target(work, { actor, chat, command })
        await pass(work, { actor, chat, command, group })
        return {}
      }),
    )

  async function target(
    { tx }: Work,
    { actor, chat, command }: { actor: AgentActor; chat: VisibleChat; command: Transfer },
  ): Promise<Group> {
    const picture = directory.now
    const { groupId, agentId } = command
    const group = passableGroups(actor, picture).find(({ id }) => id === groupId)
    if (!group) throw notThere('group')
    const whose = agentId ?? null
    if (groupId === chat.group_id && whose === chat.agent_id) {
      throw new Refusal(
        'cannot_receive',
        agentId
          ? `${agentName(picture, agentId)} has this chat already.`
          : `This chat waits in ${group.name} already.`,
      )
    }
    if (!picture.departments.get(group.departmentId)?.liveChat) {
      throw new Refusal('group_closed', `Live chat is off for ${group.name}. Choose another group.`)
    }
    if (!agentId) {
      const off = whyNotGroup(group, { picture, here })
      if (off)
        throw new Refusal(
          'cannot_receive',
          `Nobody in ${group.name} receives chats now. Choose another group.`,
        )
      return group
    }
    // Two who pass on to the same agent at once are counted one after the other.
    await takeTurn(tx, 'routing')
    const off = whyNotAgent({ group, picture, loads: await chatLoads(tx), here }, agentId)
    // A name is told of colleagues only: whoever is not in the group may be anybody.
    const name = group.members.has(agentId) ? agentName(picture, agentId) : 'This agent'
    if (off) throw new Refusal('cannot_receive', `${name} ${off}. Choose somebody else.`)
    return group
  }

  async function pass(
    work: Work,
    {
      actor,
      chat,
      command,
      group,
    }: { actor: AgentActor; chat: VisibleChat; command: Transfer; group: Group },
  ) {
    const at = clock.now()
    const { agentId, comment } = command
    const passed = await passChat(work, chat, {
      to: { groupId: group.id, agentId: agentId ?? null },
      event: { type: 'chat.transferred', by: { kind: 'agent', id: actor.agentId } },
      clock,
    })
    if (!passed) throw await outrun(work.tx, chat.id, directory.now)
    // Who passes on has left, unless it was somebody else's chat they speak in.
    if (chat.agent_id === actor.agentId) await leaveChat(work.tx, chat.id, actor.agentId)
    else if (chat.agent_id) {
      await noteTaken(work.tx, chat.id, { from: chat.agent_id, reason: 'passed_on', at })
    }
    if (comment?.trim()) {
      const note = { kind: 'transfer', text: comment, agentId: actor.agentId, at } as const
      await writeNote(work, chat, note)
    }
    const by = actor.chatName
    const fact = agentId
      ? ({ what: 'passed', by, to: agentCard(directory.now, agentId).name } as const)
      : ({ what: 'passed_to_group', by, to: group.name } as const)
    // Who has only waited in line was with nobody who could pass them on.
    if (chat.state === 'active') await tellFact(work, passed, fact, at)
  }
}

function whyNot(chat: VisibleChat, picture: Picture): Refusal {
  if (chat.state === 'ended') return hasEnded()
  const whose = chat.agent_id ? `${agentName(picture, chat.agent_id)}’s` : 'not yours'
  return new Refusal('not_allowed', `This chat is ${whose}: only they or a manager pass it on.`)
}
