import type { AgentId, ChatFile, ChatId, Message, MessageFact, Timestamp } from '@beckon/protocol'
import type { Work } from '../conversations/commit.ts'
import { reused } from '../conversations/once.ts'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { type ChatRecord, nextSeq } from '../store/chat-rows.ts'
import { insertMessage, messageByClientId } from '../store/message-rows.ts'
import { Taken } from '../store/taken.ts'
import { announceChat } from './changes.ts'
import { hasEnded } from './too-late.ts'

/** Who says it; names come from the account, never from a payload. */
export type Sender =
  | { from: 'visitor' }
  | { from: 'agent'; agentId: AgentId; name: string }
  | { from: 'system'; fact: MessageFact }

export type Said = { seq: number; at: Timestamp }

type Chat = Pick<ChatRecord, 'id' | 'brand_id' | 'visitor_id'>
type Saying = {
  sender: Sender
  clientId: string
  text: string
  file?: ChatFile
  at: Timestamp
  reply?: boolean
}

/**
 * Stores what was said under the chat's next number. The same client id again gives the same
 * answer, also after the chat has ended; with another text it is refused.
 */
export const say = (work: Work, chat: Chat, said: Saying): Promise<Said> =>
  sayIn(work, { id: chat.id, chat: Promise.resolve(chat) }, said)

/**
 * The same while `chat` is still being looked up, which refuses whoever may not write here. All of
 * it is asked of the database in one breath, as every answer that is waited for holds up the works
 * behind; a refusal undoes what was written ahead of it.
 */
export async function sayIn(
  { tx, announce }: Work,
  asked: { id: ChatId; chat: Promise<Chat> },
  { sender, clientId, at, ...said }: Saying,
): Promise<Said> {
  const text = cleanText(said.text)
  const agentId = sender.from === 'agent' ? sender.agentId : null
  const { from } = sender
  const message: Omit<Message, 'seq'> = {
    clientId,
    from,
    name: sender.from === 'agent' ? sender.name : '',
    ...(agentId && { agentId }),
    text,
    at,
    ...(sender.from === 'system' && { fact: sender.fact }),
    ...(said.file && { file: said.file }),
  }
  // The invitation itself is no reply: the first answer is what an agent writes in the chat.
  const reply = agentId !== null && said.reply !== false
  const saying = { chatId: asked.id, from, clientId }
  const written = Promise.all([
    messageByClientId(tx, saying),
    nextSeq(tx, { ...saying, at, reply }),
    insertMessage(tx, {
      chat_id: asked.id,
      client_id: clientId,
      sender: from,
      agent_id: agentId,
      name: message.name,
      text,
      at,
      fact: message.fact ? JSON.stringify(message.fact) : null,
      file: message.file ? JSON.stringify(message.file) : null,
    }),
  ])
  // Whoever may not write here hears nothing else.
  const [gate, answers] = await Promise.allSettled([asked.chat, written])
  if (gate.status === 'rejected') throw gate.reason
  if (answers.status === 'rejected') throw answers.reason
  const [before, seq, stored] = answers.value

  if (before) {
    if (before.text !== text || before.agent_id !== agentId) throw reused()
    return { seq: before.seq, at: before.at }
  }
  if (text.trim() === '') throw new Refusal('nothing_to_say', 'Write something first.')
  if (!seq) {
    if (agentId) throw hasEnded()
    throw new Refusal('chat_ended', 'This chat has ended. Start a new one to go on.')
  }
  // Another server has stored the same meanwhile.
  if (!stored) throw new Taken()
  const chat = gate.value
  announce({
    type: 'message',
    chatId: chat.id,
    visitorId: chat.visitor_id,
    message: { seq, ...message },
  })
  announceChat(announce, chat)
  return { seq, at }
}

/** A line of the system, for everybody in the chat. */
export const tellFact = (work: Work, chat: Chat, fact: MessageFact, at: Timestamp): Promise<Said> =>
  say(work, chat, {
    sender: { from: 'system', fact },
    clientId: newId(),
    text: factText(fact),
    at,
  })

function factText(fact: MessageFact): string {
  switch (fact.what) {
    case 'passed':
      return `${fact.by} passed you to ${fact.to}.`
    case 'passed_to_group':
      return `${fact.by} passed you to ${fact.to}. You are in line there.`
    case 'joined':
      return `${fact.by} joined the chat.`
    case 'left':
      return `${fact.by} left the chat.`
    case 'took_over':
      return `${fact.by} answers you from now on.`
    case 'in_line':
      return 'You are in line again.'
  }
}

/** PostgreSQL refuses NUL in text, so no engine gets it. */
export const cleanText = (text: string): string => text.replaceAll('\u0000', '')
