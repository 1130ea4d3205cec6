import type { AgentId, ChatFile, Message, MessageFact, Timestamp } from '@beckon/protocol'
import type { Work } from '../conversations/commit.ts'
import { reused } from '../conversations/once.ts'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { type ChatRecord, nextSeq } from '../store/chat-rows.ts'
import { insertMessage, messageByClientId } from '../store/message-rows.ts'
import { announceChat } from './changes.ts'
import { hasEnded } from './too-late.ts'

/** Who says it; names come from the account, never from a payload. */
export type Sender =
  | { from: 'visitor' }
  | { from: 'agent'; agentId: AgentId; name: string }
  | { from: 'system'; fact: MessageFact }

export type Said = { seq: number; at: Timestamp }

/**
 * Stores what was said under the chat's next number. The same client id again gives the same
 * answer, also after the chat has ended; with another text it is refused.
 */
export async function say(
  { tx, announce }: Work,
  chat: Pick<ChatRecord, 'id' | 'brand_id' | 'visitor_id'>,
  said: {
    sender: Sender
    clientId: string
    text: string
    file?: ChatFile
    at: Timestamp
    reply?: boolean
  },
): Promise<Said> {
  const { sender, clientId, at } = said
  const text = cleanText(said.text)
  const agentId = sender.from === 'agent' ? sender.agentId : null

  const before = await messageByClientId(tx, chat.id, sender.from, clientId)
  if (before) {
    if (before.text !== text || before.agent_id !== agentId) throw reused()
    return { seq: before.seq, at: before.at }
  }
  if (text.trim() === '') throw new Refusal('nothing_to_say', 'Write something first.')

  // The invitation itself is no reply: the first answer is what an agent writes in the chat.
  const reply = agentId !== null && said.reply !== false
  const row = await nextSeq(tx, chat.id, { from: sender.from, at, reply })
  if (!row) {
    if (sender.from === 'agent') throw hasEnded()
    throw new Refusal('chat_ended', 'This chat has ended. Start a new one to go on.')
  }
  const message: Message = {
    seq: row.last_seq,
    clientId,
    from: sender.from,
    name: sender.from === 'agent' ? sender.name : '',
    ...(agentId && { agentId }),
    text,
    at,
    ...(sender.from === 'system' && { fact: sender.fact }),
    ...(said.file && { file: said.file }),
  }
  await insertMessage(tx, {
    chat_id: chat.id,
    seq: message.seq,
    client_id: clientId,
    sender: sender.from,
    agent_id: agentId,
    name: message.name,
    text,
    at,
    fact: message.fact ? JSON.stringify(message.fact) : null,
    file: message.file ? JSON.stringify(message.file) : null,
  })
  announce({ type: 'message', chatId: chat.id, visitorId: chat.visitor_id, message })
  announceChat(announce, chat)
  return { seq: message.seq, at }
}

/** A line of the system, for everybody in the chat. */
export const tellFact = (
  work: Work,
  chat: Pick<ChatRecord, 'id' | 'brand_id' | 'visitor_id'>,
  fact: MessageFact,
  at: Timestamp,
): Promise<Said> =>
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
