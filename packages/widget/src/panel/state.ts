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
import { panelWords as words } from './words.ts'

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
  | { do: 'keep start'; starting: Starting | null }
  | { do: 'focus' }

export type Face = 'before' | 'offline' | 'queue' | 'chatting' | 'ended'

type Next = [PanelState, PanelEffect[]]

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

export function applyPanel(state: PanelState, happening: PanelHappening): Next {
  const [next, effects] = step(state, happening)
  return told(next, effects)
}

function step(state: PanelState, happening: PanelHappening): Next {
  switch (happening.type) {
    case 'frame':
      return onFrame(state, happening.frame)
    case 'state':
      return happening.state === 'open'
        ? [{ ...state, connected: true }, owed(state)]
        : [{ ...state, connected: false, typing: false }, []]
    case 'look':
      return [
        { ...state, look: happening.look, nobody: state.nobody && !happening.look.online },
        [],
      ]
    case 'watched':
      return [{ ...state, watched: happening.watched }, []]
    case 'typed':
      return onTyped(state, happening)
    case 'started':
      return onStarted(state, happening.id)
    case 'begun': {
      const { text, id } = happening
      // A chat is going on: the words belong there, when the visitor sends them.
      if (state.chat && state.chat.state !== 'ended') {
        return [withText(state, text), [{ do: 'keep draft', text }, { do: 'focus' }]]
      }
      return onStarted(withText({ ...state, again: state.chat !== undefined }, text), id)
    }
    case 'sent': {
      const stop: PanelEffect[] = state.chat
        ? [{ do: 'send', frame: { type: 'chat.typing', chatId: state.chat.id, on: false } }]
        : []
      return [withText({ ...state, typedAt: NEVER }, ''), [...stop, { do: 'keep draft', text: '' }]]
    }
    case 'again':
      return [{ ...state, again: true, endAsked: false }, [{ do: 'focus' }]]
    case 'end asked':
      return [{ ...state, endAsked: happening.asked }, []]
    case 'ended':
      if (!state.chat) return [state, []]
      return [
        { ...state, endAsked: false },
        [{ do: 'send', frame: { type: 'chat.end', id: happening.id, chatId: state.chat.id } }],
      ]
  }
}

function onFrame(state: PanelState, frame: VisitorServerFrame): Next {
  const { chat, starting } = state
  switch (frame.type) {
    case 'welcome':
      if (frame.chat) return onChat(state, frame.chat)
      // The server no longer speaks of it: it ended while this browser was away.
      return [chat ? { ...state, chat: { ...chat, state: 'ended' }, typing: false } : state, []]
    case 'look':
      return step(state, frame)
    case 'chat':
      return onChat(state, frame.chat)
    case 'chat.snapshot': {
      if (frame.chatId !== chat?.id) return [state, []]
      const held =
        state.messages.length > 0 ? { ...frame.state, messages: state.messages } : undefined
      return [{ ...state, ...resumed(held, frame.state) }, []]
    }
    case 'chat.event': {
      if (frame.chatId !== chat?.id) return [state, []]
      const { messages, typing } = state
      return [{ ...state, ...applyVisitorChat({ chat, messages, typing }, frame.event) }, []]
    }
    case 'done':
      if (starting?.id !== frame.id) return [state, []]
      return onBegan(state, frame.chatId)
    case 'refused':
      return starting && starting.id === frame.id ? onRefused(state, frame) : [state, []]
    case 'reset':
      return [
        { ...initialPanel({ ...state, chat: undefined, draft: '' }), connected: state.connected },
        [
          { do: 'keep draft', text: '' },
          { do: 'keep start', starting: null },
        ],
      ]
    default:
      return [state, []]
  }
}

/** Another chat than before brings its own messages; the same one has only changed. */
function onChat(state: PanelState, chat: VisitorChat): Next {
  if (chat.id === state.chat?.id) return [{ ...state, chat }, []]
  const fresh = { messages: [], typing: false, again: false, nobody: false, toldSeen: 0 }
  const next = { ...state, ...fresh, chat, endAsked: false }
  return [next, [opening(chat.id, 0)]]
}

const opening = (chatId: ChatId, after: number): PanelEffect => ({
  do: 'send',
  frame: { type: 'chat.open', chatId, after },
})

function onBegan(state: PanelState, chatId: ChatId | undefined): Next {
  const began = withText({ ...state, starting: undefined, again: false }, '')
  const kept: PanelEffect[] = [
    { do: 'keep start', starting: null },
    { do: 'keep draft', text: '' },
    { do: 'focus' },
  ]
  return [began, chatId && chatId !== state.chat?.id ? [...kept, opening(chatId, 0)] : kept]
}

function onRefused(state: PanelState, { code, message }: { code: string; message: string }): Next {
  const back = withText({ ...state, starting: undefined }, state.starting?.text ?? '')
  const kept: PanelEffect[] = [
    { do: 'keep start', starting: null },
    { do: 'keep draft', text: back.fields.text },
  ]
  if (code === 'no_agents') return [{ ...back, nobody: true }, kept]
  return [{ ...back, problem: { at: 'text', words: message } }, kept]
}

function onTyped(state: PanelState, { field, text, now }: TypedHappening): Next {
  const fields = { ...state.fields, [field]: text }
  const problem = state.problem?.at === field ? undefined : state.problem
  const next = { ...state, fields, problem }
  if (field !== 'text') return [next, []]
  const effects: PanelEffect[] = [{ do: 'keep draft', text }]
  const { chat } = state
  if (!chat || chat.state === 'ended' || now - state.typedAt < TYPING_EVERY_MS)
    return [next, effects]
  effects.push({ do: 'send', frame: { type: 'chat.typing', chatId: chat.id, on: text !== '' } })
  return [{ ...next, typedAt: now }, effects]
}

type TypedHappening = Extract<PanelHappening, { type: 'typed' }>

function onStarted(state: PanelState, id: string): Next {
  if (state.starting) return [state, []]
  const text = state.fields.text.trim()
  const name = state.fields.name.trim() || undefined
  const email = state.fields.email.trim() || undefined
  const problem: PanelState['problem'] =
    email && !/^\S+@\S+\.\S{2,}$/.test(email)
      ? { at: 'email', words: words.needEmail }
      : text === ''
        ? { at: 'text', words: words.needQuestion }
        : undefined
  if (problem) return [{ ...state, problem }, [{ do: 'focus' }]]
  const starting: Starting = { id, text, name, email }
  const next = { ...state, starting, problem: undefined }
  return [next, [{ do: 'keep start', starting }, ...(state.connected ? [starts(starting)] : [])]]
}

const starts = (starting: Starting): PanelEffect => ({
  do: 'send',
  frame: { type: 'chat.start', ...starting },
})

/** Asked for again after every connection. */
function owed({ chat, messages, starting }: PanelState): PanelEffect[] {
  const effects: PanelEffect[] = []
  if (chat) effects.push(opening(chat.id, lastSeq(messages)))
  if (starting) effects.push(starts(starting))
  return effects
}

/** Tells the server what has been seen, once for each message. */
function told(state: PanelState, effects: PanelEffect[]): Next {
  const { chat, messages, watched, connected, toldSeen } = state
  const seq = lastSeq(messages)
  if (!chat || !watched || !connected || seq <= Math.max(chat.visitorSeen, toldSeen)) {
    return [state, effects]
  }
  return [
    { ...state, toldSeen: seq },
    [...effects, { do: 'send', frame: { type: 'chat.seen', chatId: chat.id, seq } }],
  ]
}

const withText = (state: PanelState, text: string): PanelState => ({
  ...state,
  fields: { ...state.fields, text },
})
