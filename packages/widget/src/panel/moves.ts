import { applyVisitorChat, lastSeq, resumed } from '@beckon/client/streams'
import type { Look, VisitorChat, VisitorInvitation, VisitorServerFrame } from '@beckon/protocol'
import type { PortHappening } from '../../../tracker/src/port.ts'
import { begin, forgetStart, sendStart, start, takeBack } from './starting.ts'
import {
  type Draft,
  type Field,
  initialPanel,
  NEVER,
  openChat,
  type PanelEffect,
  type PanelState,
  type Starting,
  send,
  TYPING_EVERY_MS,
  write,
} from './state.ts'

/* What happens to the chat panel, and what it becomes by that. */

export type PanelHappening =
  | PortHappening
  | { type: 'look'; look: Look }
  | { type: 'watched'; watched: boolean }
  | { type: 'typed'; field: Field; text: string; now: number }
  | { type: 'started'; id: string }
  /** The card left something in storage: a reply to see through, words for the box. */
  | { type: 'left'; draft: string; starting?: Starting; ended?: VisitorInvitation }
  | { type: 'discarded' }
  /** The outbox took the message in the composer. */
  | { type: 'sent' }
  | { type: 'again' }
  | { type: 'end asked'; asked: boolean }
  | { type: 'ended'; id: string }

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
    case 'left':
      write(draft, happening.draft)
      draft.ended = happening.ended
      if (!happening.starting || happening.starting.id === draft.starting?.id) break
      draft.again = chat !== undefined
      draft.starting = happening.starting
      break
    case 'discarded':
      draft.ended = undefined
      write(draft, '')
      effects.push({ do: 'keep draft', text: '' })
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
      // Held open after all: its card comes back with what is written in it.
      if (draft.ended && frame.invitation?.id === draft.ended.id) move(draft, { type: 'discarded' })
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
        initialPanel({ look: draft.look, watched: draft.watched, draft: '' }),
        { chat: undefined, ended: undefined, replyTo: undefined, starting: undefined },
        { connected: draft.connected },
      )
      forgetStart(draft, '')
  }
}

/** Another chat than before brings its own messages; the same one has only changed. */
function meet(draft: Draft, chat: VisitorChat): void {
  if (chat.id !== draft.chat?.id) {
    const fresh = { messages: [], typing: false, again: false, nobody: false, endAsked: false }
    Object.assign(draft, fresh, { toldSeen: 0, ended: undefined })
    openChat(draft, chat.id, 0)
  }
  draft.chat = chat
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

/** Asked for again after every connection. */
function owe(draft: Draft): void {
  const { chat, messages } = draft
  if (chat) openChat(draft, chat.id, lastSeq(messages))
  sendStart(draft)
}

/** Tells the server what has been seen, once for each message. */
function tellSeen(draft: Draft): void {
  const { chat, messages, watched, connected, toldSeen } = draft
  const seq = lastSeq(messages)
  if (!chat || !watched || !connected || seq <= Math.max(chat.visitorSeen, toldSeen)) return
  draft.toldSeen = seq
  send(draft, { type: 'chat.seen', chatId: chat.id, seq })
}
