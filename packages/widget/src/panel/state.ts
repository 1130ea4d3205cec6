import { applyVisitorChat, lastSeq, resumed } from '@beckon/client/streams'
import type {
  ChatId,
  Look,
  Message,
  VisitorChat,
  VisitorFrame,
  VisitorServerFrame,
} from '@beckon/protocol'
import type { PortHappening } from '../../../tracker/src/port.ts'
import * as words from './words.ts'

/*
 * What the chat panel may do next. Messages on their way are the outbox's business (client/outbox);
 * here is the chat as the server tells it, the first question, and what the visitor is busy with.
 */

/** A first question on its way; kept in storage and sent again until it is answered. */
export type Starting = { id: string; text: string; name?: string; email?: string }

export type Field = 'text' | 'name' | 'email'

export type PanelState = {
  look: Look
  /** The panel is open in a page that is visible: what arrives is seen. */
  watched: boolean
  connected: boolean
  chat?: VisitorChat
  messages: Message[]
  typing: boolean
  /** The visitor wants another chat than the one that ended. */
  again: boolean
  /** The server said that nobody is there, whatever the look says. */
  nobody: boolean
  starting?: Starting
  fields: Readonly<Record<Field, string>>
  problem?: { at: Field; words: string }
  /** Asked whether the chat should end. */
  endAsked: boolean
  typedAt: number
  toldSeen: number
}

export type PanelHappening =
  | PortHappening
  | { type: 'look'; look: Look }
  | { type: 'watched'; watched: boolean }
  | { type: 'typed'; field: Field; text: string; now: number }
  | { type: 'started'; id: string }
  /** Start a chat with this text at once; it came from an invitation that had ended. */
  | { type: 'begun'; id: string; text: string }
  /** The outbox took the message in the composer. */
  | { type: 'sent' }
  | { type: 'again' }
  | { type: 'end asked'; asked: boolean }
  | { type: 'ended'; id: string }

export type PanelEffect =
  | { do: 'send'; frame: VisitorFrame }
  | { do: 'keep draft'; text: string }
  | { do: 'keep start'; starting: Starting | undefined }
  | { do: 'focus' }

export type Face = 'before' | 'offline' | 'queue' | 'chatting' | 'ended'

const TYPING_EVERY_MS = 3_000
const NEVER = -TYPING_EVERY_MS

export const initialPanel = (
  given: Pick<PanelState, 'look' | 'chat' | 'watched'> & { draft: string; starting?: Starting },
): PanelState => ({
  look: given.look,
  watched: given.watched,
  chat: given.chat,
  starting: given.chat ? undefined : given.starting,
  connected: false,
  messages: [],
  typing: false,
  again: false,
  nobody: false,
  fields: {
    text: given.draft,
    name: given.starting?.name ?? '',
    email: given.starting?.email ?? '',
  },
  endAsked: false,
  typedAt: NEVER,
  toldSeen: 0,
})

export function faceOf({ chat, again, look, nobody, starting }: PanelState): Face {
  if (chat && !again) return chat.state === 'active' ? 'chatting' : queuedOr(chat.state)
  if (starting) return 'before'
  return look.online && !nobody ? 'before' : 'offline'
}

const queuedOr = (state: 'queued' | 'ended'): Face => (state === 'queued' ? 'queue' : 'ended')

/** The agents' side wrote these since the visitor last looked. */
export const unreadOf = ({ chat, messages, toldSeen }: PanelState): number => {
  const seen = Math.max(chat?.visitorSeen ?? 0, toldSeen)
  return messages.filter(({ seq, from }) => from === 'agent' && seq > seen).length
}

/** The state after it, and what there is to do. The state before stays as it was. */
export function applyPanel(
  before: PanelState,
  happening: PanelHappening,
): [state: PanelState, effects: PanelEffect[]] {
  const draft: Draft = { ...before, effects: [] }
  move(draft, happening)
  tellSeen(draft)
  const { effects, ...state } = draft
  return [state, effects]
}

/** A copy of the state, to be changed: what is in it is replaced, never changed itself. */
type Draft = PanelState & { effects: PanelEffect[] }

function move(draft: Draft, happening: PanelHappening): void {
  const { chat, effects } = draft
  switch (happening.type) {
    case 'frame':
      hear(draft, happening.frame)
      break
    case 'state':
      draft.connected = happening.state === 'open'
      if (draft.connected) owe(draft)
      else draft.typing = false
      break
    case 'look':
      draft.look = happening.look
      if (draft.look.online) draft.nobody = false
      break
    case 'watched':
      draft.watched = happening.watched
      break
    case 'typed':
      type(draft, happening)
      break
    case 'started':
      start(draft, happening.id)
      break
    case 'begun':
      write(draft, happening.text)
      if (chat && chat.state !== 'ended') {
        // A chat is going on: the words belong there, when the visitor sends them.
        effects.push({ do: 'keep draft', text: happening.text }, { do: 'focus' })
      } else {
        draft.again = chat !== undefined
        start(draft, happening.id)
      }
      break
    case 'sent':
      if (chat) send(draft, { type: 'chat.typing', chatId: chat.id, on: false })
      draft.typedAt = NEVER
      write(draft, '')
      effects.push({ do: 'keep draft', text: '' })
      break
    case 'again':
      draft.again = true
      draft.endAsked = false
      effects.push({ do: 'focus' })
      break
    case 'end asked':
      draft.endAsked = happening.asked
      break
    case 'ended':
      if (!chat) break
      draft.endAsked = false
      send(draft, { type: 'chat.end', id: happening.id, chatId: chat.id })
  }
}

function hear(draft: Draft, frame: VisitorServerFrame): void {
  const { chat, starting, messages, typing } = draft
  switch (frame.type) {
    case 'welcome':
      if (frame.chat) meet(draft, frame.chat)
      else if (chat) {
        // The server no longer speaks of it: it ended while this browser was away.
        draft.chat = { ...chat, state: 'ended' }
        draft.typing = false
      }
      break
    case 'look':
      move(draft, frame)
      break
    case 'chat':
      meet(draft, frame.chat)
      break
    case 'chat.snapshot':
      if (frame.chatId !== chat?.id) break
      Object.assign(
        draft,
        resumed(messages.length ? { ...frame.state, messages } : undefined, frame.state),
      )
      break
    case 'chat.event':
      if (frame.chatId !== chat?.id) break
      Object.assign(draft, applyVisitorChat({ chat, messages, typing }, frame.event))
      break
    case 'done':
    case 'refused':
      if (!starting || starting.id !== frame.id) break
      if (frame.type === 'done') begin(draft, frame.chatId)
      else takeBack(draft, starting, frame)
      break
    case 'reset':
      Object.assign(
        draft,
        initialPanel({ ...draft, chat: undefined, starting: undefined, draft: '' }),
        {
          connected: draft.connected,
        },
      )
      forgetStart(draft, '')
  }
}

/** Another chat than before brings its own messages; the same one has only changed. */
function meet(draft: Draft, chat: VisitorChat): void {
  if (chat.id !== draft.chat?.id) {
    const fresh = { messages: [], typing: false, again: false, nobody: false, endAsked: false }
    Object.assign(draft, fresh, { toldSeen: 0 })
    openChat(draft, chat.id, 0)
  }
  draft.chat = chat
}

function begin(draft: Draft, chatId: ChatId | undefined): void {
  draft.again = false
  forgetStart(draft, '')
  draft.effects.push({ do: 'focus' })
  if (chatId && chatId !== draft.chat?.id) openChat(draft, chatId, 0)
}

/** The server refused the first question: it is given back. */
function takeBack(
  draft: Draft,
  { text }: Starting,
  { code, message }: { code: string; message: string },
): void {
  forgetStart(draft, text)
  if (code === 'no_agents') draft.nobody = true
  else draft.problem = { at: 'text', words: message }
}

function forgetStart(draft: Draft, text: string): void {
  draft.starting = undefined
  write(draft, text)
  draft.effects.push({ do: 'keep start', starting: undefined }, { do: 'keep draft', text })
}

function type(
  draft: Draft,
  { field, text, now }: Extract<PanelHappening, { type: 'typed' }>,
): void {
  const { chat, problem } = draft
  write(draft, text, field)
  if (problem?.at === field) draft.problem = undefined
  if (field !== 'text') return
  draft.effects.push({ do: 'keep draft', text })
  if (!chat || chat.state === 'ended' || now - draft.typedAt < TYPING_EVERY_MS) return
  draft.typedAt = now
  send(draft, { type: 'chat.typing', chatId: chat.id, on: text !== '' })
}

function start(draft: Draft, id: string): void {
  if (draft.starting) return
  const { fields } = draft
  const text = fields.text.trim()
  const name = fields.name.trim() || undefined
  const email = fields.email.trim() || undefined
  if (email && !/^\S+@\S+\.\S{2,}$/.test(email)) {
    draft.problem = { at: 'email', words: words.needEmail }
  } else if (text) {
    draft.starting = { id, text, name, email }
    draft.problem = undefined
    draft.effects.push({ do: 'keep start', starting: draft.starting })
    if (draft.connected) send(draft, { type: 'chat.start', ...draft.starting })
    return
  } else draft.problem = { at: 'text', words: words.needQuestion }
  draft.effects.push({ do: 'focus' })
}

/** Asked for again after every connection. */
function owe(draft: Draft): void {
  const { chat, messages, starting } = draft
  if (chat) openChat(draft, chat.id, lastSeq(messages))
  if (starting) send(draft, { type: 'chat.start', ...starting })
}

/** Tells the server what has been seen, once for each message. */
function tellSeen(draft: Draft): void {
  const { chat, messages, watched, connected, toldSeen } = draft
  const seq = lastSeq(messages)
  if (!chat || !watched || !connected || seq <= Math.max(chat.visitorSeen, toldSeen)) return
  draft.toldSeen = seq
  send(draft, { type: 'chat.seen', chatId: chat.id, seq })
}

function openChat(draft: Draft, chatId: ChatId, after: number): void {
  send(draft, { type: 'chat.open', chatId, after })
}

function send({ effects }: Draft, frame: VisitorFrame): void {
  effects.push({ do: 'send', frame })
}

function write(draft: Draft, text: string, field: Field = 'text'): void {
  draft.fields = { ...draft.fields, [field]: text }
}
