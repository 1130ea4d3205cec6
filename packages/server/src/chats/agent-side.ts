import type { AgentCommand, AgentFrame, ChatId, CommandResult } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { managesGroup, mayTakeChat } from '../agents/rights.ts'
import type { Background } from '../conversations/background.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory, Picture } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import { notThere, Refusal } from '../refusal.ts'
import { hearWhispers } from '../store/chat-note-rows.ts'
import { raiseMark } from '../store/chat-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { chatVisibleTo, takesPart, type VisibleChat } from './access.ts'
import { announceChat, endChat, takeChat } from './changes.ts'
import type { ChatTyping } from './chat-typing.ts'
import { sayIn } from './messages.ts'
import { mustHaveRoom } from './routing/room.ts'
import { hasEnded, outrun } from './too-late.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>
type Frame<T extends AgentFrame['type']> = Extract<AgentFrame, { type: T }>

/** What agents do with chats. */
export function createAgentSide(deps: {
  store: Store
  commit: Commit
  directory: Directory
  clock: Clock
  typing: ChatTyping
  background: Background
}) {
  const { store, commit, directory, clock, typing, background } = deps
  const seenBy = (actor: AgentActor) => ({ actor, picture: directory.now })

  /** From the queue: the first one gets it; the same agent again gets the same answer. */
  const take = (
    actor: AgentActor,
    command: Command<'chat.take'>,
  ): Promise<CommandResult['chat.take']> =>
    commit((work) =>
      once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => {
        const chat = await chatVisibleTo(work.tx, seenBy(actor), command.chatId)
        if (chat.state === 'active' && chat.agent_id === actor.agentId) return { chatId: chat.id }
        if (chat.state === 'ended') throw hasEnded()
        if (!mayTakeChat(actor, chat.group_id, directory.now)) {
          throw new Refusal('not_allowed', 'Only agents of this group take its chats.')
        }
        const { agentId } = actor
        if (chat.state === 'queued') {
          await mustHaveRoom(work.tx, chat, { agentId, picture: directory.now })
        }
        const taken = await takeChat(work, chat, { agentId, clock })
        if (!taken) throw await outrun(work.tx, chat.id, directory.now)
        return { chatId: taken.id }
      }),
    )

  async function chatTheySpeakIn({ tx }: Work, actor: AgentActor, chatId: ChatId) {
    const chat = await chatVisibleTo(tx, seenBy(actor), chatId)
    if (!takesPart(actor, chat)) throw whyNotSay(chat, directory.now)
    return chat
  }

  const send = async (
    actor: AgentActor,
    command: Command<'message.send'>,
  ): Promise<CommandResult['message.send']> => {
    const sayIt = async (work: Work) => {
      const chat = chatTheySpeakIn(work, actor, command.chatId)
      const asked = { id: command.chatId, chat }
      const answer = await sayIn(work, asked, {
        sender: { from: 'agent', agentId: actor.agentId, name: actor.chatName },
        clientId: command.id,
        text: command.text,
        at: clock.now(),
      })
      return { ...answer, visitorId: (await chat).visitor_id }
    }
    const said = await commit(sayIt, { inOneBreath: true })
    typing.set({ chatId: command.chatId, visitorId: said.visitorId, who: 'agent' }, false)
    return { seq: said.seq, at: said.at }
  }

  const end = (
    actor: AgentActor,
    command: Command<'chat.end'>,
  ): Promise<CommandResult['chat.end']> =>
    commit((work) =>
      once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => {
        const chat = await chatVisibleTo(work.tx, seenBy(actor), command.chatId)
        if (!takesPart(actor, chat) && !managesGroup(actor, chat.group_id, directory.now)) {
          throw new Refusal('not_allowed', 'Only those in this chat and its managers can end it.')
        }
        await endChat(work, chat, { by: { kind: 'agent', id: actor.agentId }, clock })
        return {}
      }),
    )

  const type = (actor: AgentActor, frame: Frame<'chat.typing'>): void =>
    background.run('agent typing', () =>
      quietly(async () => {
        const chat = await store.read((db) => chatVisibleTo(db, seenBy(actor), frame.chatId))
        if (chat.state !== 'active' || !takesPart(actor, chat)) return
        typing.set({ chatId: chat.id, visitorId: chat.visitor_id, who: 'agent' }, frame.on)
      }),
    )

  /** For everybody else, whatever was written ahead of it is undone. */
  async function chatTheyTakePartIn({ tx }: Work, actor: AgentActor, chatId: ChatId) {
    const chat = await chatVisibleTo(tx, seenBy(actor), chatId)
    if (!takesPart(actor, chat)) throw notThere('chat')
    return chat
  }

  /** Only those who take part have “seen” it: a manager looking on answers nobody. */
  const see = (actor: AgentActor, frame: Frame<'chat.seen'>): void =>
    background.run('agent seen', () =>
      quietly(() =>
        commit(
          async (work) => {
            const { agentId } = actor
            const { chatId, seq } = frame
            const [chat, raised, heard] = await Promise.all([
              chatTheyTakePartIn(work, actor, chatId),
              raiseMark(work.tx, chatId, 'agent_seen', seq),
              // They stand beside the messages.
              hearWhispers(work.tx, { chatId, agentId, at: clock.now() }),
            ])
            if (raised || heard) announceChat(work.announce, chat)
          },
          { inOneBreath: true },
        ),
      ),
    )

  /** Also of what they have not looked at. */
  const deliver = (actor: AgentActor, { chatId, seq }: Frame<'chat.delivered'>): void =>
    background.run('agent delivered', () =>
      quietly(() =>
        commit(
          async (work) => {
            const [chat, raised] = await Promise.all([
              chatTheyTakePartIn(work, actor, chatId),
              raiseMark(work.tx, chatId, 'agent_delivered', seq),
            ])
            if (raised) announceChat(work.announce, chat)
          },
          { inOneBreath: true },
        ),
      ),
    )

  return { take, send, end, type, see, deliver }
}

function whyNotSay({ state, agent_id }: VisibleChat, picture: Picture): Refusal {
  if (state === 'ended') return hasEnded()
  return new Refusal(
    'not_allowed',
    agent_id
      ? `${agentName(picture, agent_id)} answers this chat now. Write a note instead.`
      : 'Take this chat before you answer in it.',
  )
}

/** Frames without an answer: what is not there is simply not done. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== notThere('chat').code) throw error
  }
}
