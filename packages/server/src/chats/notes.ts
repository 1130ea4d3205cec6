import { type AgentCommand, type ChatNoteId, LIMITS } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { type ChatNoteRecord, countNotesOfChat, insertChatNote } from '../store/chat-note-rows.ts'
import { keepEndedText } from '../store/chat-text-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Clock } from '../time/clock.ts'
import { actsOn, chatVisibleTo, type VisibleChat } from './access.ts'
import { announceChat } from './changes.ts'
import { cleanText } from './messages.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>

/** What agents write in a chat for each other. It stands in no message, so no visitor is told. */
export function createChatNotes(deps: { commit: Commit; directory: Directory; clock: Clock }) {
  const { commit, directory, clock } = deps

  const add = (kind: 'note' | 'whisper') => {
    return async (actor: AgentActor, command: Command<'chat.note' | 'chat.whisper'>) =>
      commit((work) =>
        once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => {
          const seenBy = { actor, picture: directory.now }
          const chat = await chatVisibleTo(work.tx, seenBy, command.chatId)
          if (!actsOn(seenBy, chat).includes(kind)) throw whyNot(chat, actor)
          const note = { kind, text: command.text, agentId: actor.agentId, at: clock.now() }
          return { noteId: await writeNote(work, chat, note) }
        }),
      )
  }

  return { add: add('note'), whisper: add('whisper') }
}

/** In the caller's work; a transfer's comment is one, too. */
export async function writeNote(
  { tx, announce }: Work,
  chat: VisibleChat,
  note: Pick<ChatNoteRecord, 'kind' | 'text' | 'at'> & { agentId: AgentActor['agentId'] },
): Promise<ChatNoteId> {
  const text = cleanText(note.text).trim()
  if (!text) throw new Refusal('nothing_to_say', 'Write something first.')
  if ((await countNotesOfChat(tx, chat.id)) >= LIMITS.chatNotes) {
    throw new Refusal(
      'limit_reached',
      `This chat has ${LIMITS.chatNotes} notes, the most there may be.`,
    )
  }
  const { kind, agentId, at } = note
  const id = newId<ChatNoteId>()
  await insertChatNote(tx, {
    id,
    chat_id: chat.id,
    agent_id: agentId,
    kind,
    text,
    at,
    heard_at: null,
  })
  await keepEndedText(tx, chat)
  // The comment of a transfer belongs to its own line of the log.
  if (kind === 'transfer') return id
  await insertEvent(tx, {
    type: kind === 'note' ? 'chat.noted' : 'chat.whispered',
    at,
    brandId: chat.brand_id,
    subjectId: chat.id,
    by: { kind: 'agent', id: agentId },
    data: { noteId: id },
  })
  announceChat(announce, chat)
  return id
}

function whyNot(chat: VisibleChat, actor: AgentActor): Refusal {
  if (chat.state === 'ended') {
    return new Refusal('chat_ended', 'This chat has ended. Write a note instead.')
  }
  if (chat.state === 'queued') {
    return new Refusal('not_allowed', 'Nobody answers this chat yet. Write a note instead.')
  }
  return chat.agent_id === actor.agentId
    ? new Refusal('not_allowed', 'This chat is yours. Write a note instead.')
    : new Refusal('not_allowed', 'Only managers of its department whisper. Write a note instead.')
}
