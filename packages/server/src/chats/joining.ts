import type { AgentCommand, ChatAct } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import { addParticipant, joinChat, leaveChat } from '../store/chat-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import { noteTaken } from '../store/routing-rows.ts'
import type { Clock } from '../time/clock.ts'
import { actsOn, chatVisibleTo, takesPart, type VisibleChat } from './access.ts'
import { announceChat, passChat } from './changes.ts'
import { tellFact } from './messages.ts'
import { hasEnded, outrun } from './too-late.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>
type About = Command<'chat.join' | 'chat.leave' | 'chat.takeOver'>

/** Managers in a chat of their departments: beside its agent, or in their place (C9). */
export function createJoining(deps: { commit: Commit; directory: Directory; clock: Clock }) {
  const { commit, directory, clock } = deps

  const act =
    (name: ChatAct, work: (work: Work, actor: AgentActor, chat: VisibleChat) => Promise<void>) =>
    (actor: AgentActor, command: About): Promise<Record<never, never>> =>
      commit((all) =>
        once(all.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => {
          const seenBy = { actor, picture: directory.now }
          const chat = await chatVisibleTo(all.tx, seenBy, command.chatId)
          if (!actsOn(seenBy, chat).includes(name)) {
            // Asked for what is so already: nothing is left to do.
            if (isSo(name, actor, chat)) return {}
            throw whyNot(chat)
          }
          await work(all, actor, chat)
          return {}
        }),
      )

  async function join(work: Work, actor: AgentActor, chat: VisibleChat) {
    await addParticipant(work.tx, chat.id, actor.agentId)
    if (!(await joinChat(work.tx, chat.id, actor.agentId, clock.now()))) return
    await told(work, actor, { chat, what: 'joined' })
  }

  async function leave(work: Work, actor: AgentActor, chat: VisibleChat) {
    if (!(await leaveChat(work.tx, chat.id, actor.agentId))) return
    await told(work, actor, { chat, what: 'left' })
  }

  async function takeOver(work: Work, actor: AgentActor, chat: VisibleChat) {
    const by = { kind: 'agent', id: actor.agentId } as const
    const passed = await passChat(work, chat, {
      to: { groupId: chat.group_id, agentId: actor.agentId },
      event: { type: 'chat.taken_over', by },
      clock,
    })
    if (!passed) throw await outrun(work.tx, chat.id, directory.now)
    const at = clock.now()
    if (chat.agent_id) {
      await noteTaken(work.tx, chat.id, { from: chat.agent_id, reason: 'taken_over', at })
    }
    await tellFact(work, passed, { what: 'took_over', by: actor.chatName }, at)
  }

  /** In the log and, since they speak with the visitor, in the chat. */
  async function told(
    work: Work,
    actor: AgentActor,
    { chat, what }: { chat: VisibleChat; what: 'joined' | 'left' },
  ) {
    await insertEvent(work.tx, {
      type: `chat.${what}`,
      at: clock.now(),
      brandId: chat.brand_id,
      subjectId: chat.id,
      by: { kind: 'agent', id: actor.agentId },
    })
    await tellFact(work, chat, { what, by: actor.chatName }, clock.now())
    announceChat(work.announce, chat)
  }

  return {
    join: act('join', join),
    leave: act('leave', leave),
    takeOver: act('take_over', takeOver),
  }
}

function isSo(name: ChatAct, actor: AgentActor, chat: VisibleChat): boolean {
  if (chat.state !== 'active') return false
  if (name === 'join') return takesPart(actor, chat)
  if (name === 'leave') return !takesPart(actor, chat)
  return chat.agent_id === actor.agentId
}

function whyNot(chat: VisibleChat): Refusal {
  if (chat.state === 'ended') return hasEnded()
  if (chat.state === 'queued') {
    return new Refusal('not_allowed', 'Nobody answers this chat yet. Take it instead.')
  }
  return new Refusal('not_allowed', 'Only managers of its department may do this.')
}
