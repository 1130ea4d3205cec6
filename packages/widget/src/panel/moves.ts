import { applyVisitorChat, lastSeq, resumed } from '@beckon/client/streams'
import type { Look, VisitorChat, VisitorInvitation, VisitorServerFrame } from '@beckon/protocol'
import type { PortHappening } from '../../../tracker/src/port.ts'
import { begin, forgetStart, sendStart, takeBack } from './starting.ts'
import {
  type Draft,
  faceOf,
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
import { reasonOf } from './words.ts'

/* What happens to the chat panel, and what it becomes by that. */

export type PanelHappening =
  | PortHappening
  | { type: 'look'; look: Look }
  | { type: 'watched'; watched: boolean }
  | { type: 'typed'; field: string; text: string; now: number }
  /** The card left something in storage: a reply to see through, words for the box. */
  | { type: 'left'; draft: string; starting?: Starting; ended?: VisitorInvitation }
  | { type: 'discarded' }
  /** The outbox took the message in the composer. */
  | { type: 'sent' }
  | { type: 'ended'; id: string }
  /** What only changes the state; forms bring moves of their own. */
  | { type: 'moved'; move: (draft: Draft) => void }

/** The state after it, and what there is to do. The state before stays as it was. */
export function applyPanel(
  before: PanelState,
  happening: PanelHappening,
): [state: PanelState, effects: PanelEffect[]] {
  const draft: Draft = { ...before, effects: [] }
  move(draft, happening)
  tellSeen(draft)
  askForm(draft)
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
      draft.formAsked = false
      // What was told last may not have arrived.
      draft.toldSeen = draft.toldHere = 0
      if (draft.connected) owe(draft)
      else draft.typing = false
      break
    case 'look':
      draft.look = happening.look
      draft.formAsked = false
      // What was missing in one form is no fault in another.
      draft.problems = {}
      if (draft.look.online) draft.nobody = false
      break
    case 'watched':
      draft.watched = happening.watched
      break
    case 'typed':
      type(draft, happening)
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
    case 'ended':
      if (!chat) break
      draft.strip = undefined
      send(draft, { type: 'chat.end', id: happening.id, chatId: chat.id })
      break
    case 'moved':
      happening.move(draft)
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
    case 'form':
      // Whoever waits for what is asked goes on in it.
      if (!draft.departments) draft.effects.push({ do: 'focus' })
      draft.departments = frame.departments
      break
    case 'articles': {
      const { help } = draft
      if (!help) break
      draft.help = { ...help, found: frame.found }
      if (frame.found.length === 0) help.go(draft)
      break
    }
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
      settle(draft, frame)
      if (!starting || starting.id !== frame.id) break
      if (frame.type === 'done') begin(draft, frame.chatId)
      else takeBack(draft, starting, frame)
      break
    case 'reset':
      Object.assign(
        draft,
        initialPanel({ look: draft.look, watched: draft.watched, draft: '' }),
        { chat: undefined, ended: undefined, replyTo: undefined, starting: undefined },
        { connected: draft.connected, strip: undefined, departmentId: undefined },
      )
      draft.effects.push({ do: 'keep answers', fields: draft.fields })
      forgetStart(draft, '')
  }
}

/** What was asked of the server is carried out, or its sentence says why not. */
function settle(
  draft: Draft,
  frame: Extract<VisitorServerFrame, { type: 'done' | 'refused' }>,
): void {
  const settled = draft.owed.find(({ id }) => id === frame.id)
  if (!settled) return
  const { type } = settled
  draft.owed = draft.owed.filter((one) => one !== settled)
  if (frame.type === 'done') draft.done = { ...draft.done, [type]: settled }
  else draft.problems = { ...draft.problems, [type]: reasonOf(frame) }
  if (type === 'offline.leave') draft.effects.push({ do: 'focus' })
}

/** Another chat than before brings its own messages; the same one has only changed. */
function meet(draft: Draft, chat: VisitorChat): void {
  if (chat.id !== draft.chat?.id) {
    const fresh = { messages: [], typing: false, again: false, nobody: false, strip: undefined }
    Object.assign(draft, fresh, {
      toldSeen: 0,
      toldHere: 0,
      ended: undefined,
      leaving: false,
      done: {},
    })
    openChat(draft, chat.id, 0)
  }
  draft.chat = chat
}

function type(
  draft: Draft,
  { field, text, now }: Extract<PanelHappening, { type: 'typed' }>,
): void {
  const { chat } = draft
  write(draft, text, field)
  if (field !== 'text') {
    draft.effects.push({ do: 'keep answers', fields: draft.fields })
    return
  }
  draft.effects.push({ do: 'keep draft', text })
  const isWriting = chat && chat.state !== 'ended' && !draft.leaving
  if (!isWriting || now - draft.typedAt < TYPING_EVERY_MS) return
  draft.typedAt = now
  send(draft, { type: 'chat.typing', chatId: chat.id, on: text !== '' })
}

/** Asked for again after every connection. */
function owe(draft: Draft): void {
  const { chat, messages, owed } = draft
  if (chat) openChat(draft, chat.id, lastSeq(messages))
  sendStart(draft)
  for (const frame of owed) send(draft, frame)
}

/** Tells the server what has come, and what has been seen of it, once for each message. */
function tellSeen(draft: Draft): void {
  const { chat, messages, watched, connected } = draft
  const told = watched ? 'toldSeen' : 'toldHere'
  const seq = lastSeq(messages)
  if (!chat || !connected || seq <= Math.max(chat.visitorSeen, draft[told])) return
  draft[told] = seq
  send(draft, { type: watched ? 'chat.seen' : 'chat.delivered', chatId: chat.id, seq })
}

/** What a form asks is asked for when somebody looks at one. */
function askForm(draft: Draft): void {
  const { formAsked, watched, connected, look } = draft
  if (formAsked || !watched || !connected || !/before|offline/.test(faceOf(draft))) return
  draft.formAsked = true
  send(draft, { type: 'form.ask', linkId: look.linkId })
}
