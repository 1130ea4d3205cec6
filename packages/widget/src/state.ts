import type {
  InvitationId,
  Look,
  VisitorChat,
  VisitorFrame,
  VisitorInvitation,
} from '@beckon/protocol'
import type { PortHappening } from '../../tracker/src/port.ts'
import * as words from './words.ts'

/*
 * What the launcher and the invitation card may do next. Everything that happens to them, on the
 * wire or under the visitor's hand, goes through `apply`; the shell in main.ts only carries out
 * the effects. The chat itself is decided in panel/state.ts, which is loaded when there is one.
 */

export type Card =
  | { is: 'none' }
  | {
      is: 'open'
      invitation: VisitorInvitation
      text: string
      /** False: it waits as a badge, because showing it now would be indecent. */
      shown: boolean
      /** The visitor asked to see it, which settles whether it may be shown. */
      wanted: boolean
      /** Painted in a visible page; the server has been or will be told. */
      painted: boolean
      /** The last 20 s have begun. */
      closing: boolean
      /** The visitor asked for the box, which a phone shows only then. */
      boxOpen: boolean
      typedAt: number
      /** Rises once per visit; on later pages it is simply there. */
      isNew: boolean
      problem?: string
    }
  | { is: 'replying'; invitation: VisitorInvitation; text: string; replyId: string }
  | { is: 'ended'; invitation: VisitorInvitation; text: string }

/** What survives a page change: the box, a reply under way, and that this one was announced. */
export type KeptCard = { invitationId: InvitationId; text: string; replyId?: string }

export type WidgetState = {
  look?: Look
  card: Card
  kept?: KeptCard
  /** The panel is open. */
  open: boolean
  /** It was open on the page before and opens again if its chat goes on. */
  reopen: boolean
  panelReady: boolean
  chat?: VisitorChat
  unread: number
  /** Said no to; said again if the server did not hear it. */
  declined?: { invitationId: InvitationId; id: string }
}

export type WidgetHappening =
  | PortHappening
  /** Whether the page can take the card decently now. */
  | { type: 'decency'; ok: boolean }
  | { type: 'painted' }
  | { type: 'closing' }
  | { type: 'typed'; text: string; now: number }
  | { type: 'replied'; id: string }
  | { type: 'declined'; id: string }
  | { type: 'kept open'; id: string }
  | { type: 'started anyway' }
  | { type: 'launcher pressed' }
  | { type: 'opened' }
  | { type: 'closed' }
  | { type: 'panel ready' }
  | { type: 'unread'; count: number }

export type Effect =
  | { do: 'send'; frame: VisitorFrame }
  | { do: 'keep card'; card: KeptCard | undefined }
  | { do: 'keep open'; open: boolean }
  | { do: 'keep draft'; text: string }
  /** Happen `closing` after this time; undefined calls an earlier one off. */
  | { do: 'wake'; ms: number | undefined }
  | { do: 'announce'; text: string }
  | { do: 'focus'; on: 'box' | 'launcher' | 'panel' }
  /** Start a chat with this text. */
  | { do: 'begin'; text: string }

const CLOSING_MS = 20_000
const TYPING_EVERY_MS = 2_000

export const initialState = (kept: KeptCard | undefined, reopen: boolean): WidgetState => ({
  card: NO_CARD,
  kept,
  open: false,
  reopen,
  panelReady: false,
  unread: 0,
})

const NO_CARD: Card = { is: 'none' }

/** A chat that goes on, so that there is something to come back to. */
export const isChatting = ({ chat }: WidgetState): boolean =>
  chat !== undefined && chat.state !== 'ended'

/** The state after it, and what there is to do. The state before stays as it was. */
export function apply(
  before: WidgetState,
  happening: WidgetHappening,
): [state: WidgetState, effects: Effect[]] {
  const draft: Draft = { ...before, effects: [] }
  move(draft, happening)
  const { effects, ...state } = draft
  if (state.kept !== before.kept) effects.unshift({ do: 'keep card', card: state.kept })
  if (state.open !== before.open) effects.unshift({ do: 'keep open', open: state.open })
  return [state, effects]
}

/** A copy of the state, to be changed: what is in it is replaced, never changed itself. */
type Draft = WidgetState & { effects: Effect[] }

type OpenCard = Extract<Card, { is: 'open' }>

function move(draft: Draft, happening: WidgetHappening): void {
  const { card } = draft
  const change = (changes: Partial<OpenCard>) => {
    if (card.is === 'open') draft.card = { ...card, ...changes }
  }
  switch (happening.type) {
    case 'frame':
      hear(draft, happening.frame)
      break
    case 'state':
      if (happening.state === 'open') owe(draft)
      break
    case 'decency':
      if (card.is === 'open' && !card.painted && !card.wanted) change({ shown: happening.ok })
      break
    case 'painted':
      paint(draft)
      break
    case 'closing':
      if (card.is === 'open') change({ closing: card.invitation.canKeep })
      break
    case 'typed':
      type(draft, happening)
      break
    case 'replied':
      reply(draft, happening.id)
      break
    case 'declined':
      if (card.is === 'open') {
        draft.declined = { invitationId: card.invitation.id, id: happening.id }
        send(draft, { type: 'invitation.decline', ...draft.declined })
      }
      if (card.is !== 'replying') removeCard(draft)
      break
    case 'kept open':
      if (card.is !== 'open') break
      change({ closing: false })
      send(draft, { type: 'invitation.keep', id: happening.id, invitationId: card.invitation.id })
      break
    case 'started anyway':
      if (card.is !== 'ended') break
      removeCard(draft)
      draft.open = true
      draft.effects.push({ do: 'begin', text: card.text })
      break
    case 'launcher pressed':
      if (card.is === 'open' && !card.shown) change({ shown: true, wanted: true })
      else if (draft.open) close(draft)
      else open(draft)
      break
    case 'opened':
      if (!draft.open) open(draft)
      break
    case 'closed':
      close(draft)
      break
    case 'panel ready':
      draft.panelReady = true
      if (draft.open && card.is === 'replying') draft.card = NO_CARD
      break
    case 'unread':
      draft.unread = happening.count
  }
}

function hear(draft: Draft, frame: Extract<PortHappening, { type: 'frame' }>['frame']): void {
  const { card } = draft
  switch (frame.type) {
    case 'welcome':
      draft.look = frame.look
      draft.chat = frame.chat
      if (isChatting(draft) && draft.reopen) draft.open = true
      draft.reopen = false
      if (frame.invitation) receive(draft, frame.invitation)
      else if (card.is === 'none' && !draft.kept) break
      else if (isChatting(draft)) accept(draft)
      else end(draft)
      break
    case 'look':
      draft.look = frame.look
      break
    case 'invitation':
      receive(draft, frame.invitation)
      break
    case 'invitation.ended':
      if (card.is === 'none' || card.invitation.id !== frame.invitationId) break
      if (frame.state === 'accepted') accept(draft)
      else end(draft, frame.state)
      break
    case 'chat':
      draft.chat = frame.chat
      if (isChatting(draft) && card.is !== 'none' && card.is !== 'ended') accept(draft)
      break
    case 'done':
    case 'refused':
      if (card.is !== 'replying' || card.replyId !== frame.id) break
      if (frame.type === 'done') accept(draft)
      else takeBack(draft, card, frame)
      break
    case 'reset':
      removeCard(draft)
      draft.open = false
      draft.chat = undefined
      draft.unread = 0
  }
}

function receive(draft: Draft, invitation: VisitorInvitation): void {
  const { card, kept, declined } = draft
  const { id, remainingMs } = invitation
  if (declined?.invitationId === id) {
    send(draft, { type: 'invitation.decline', ...declined })
    return
  }
  if ((card.is === 'open' || card.is === 'replying') && card.invitation.id === id) {
    draft.card = { ...card, invitation, ...(card.is === 'open' && { closing: false }) }
  } else {
    const { text = '', replyId } = kept?.invitationId === id ? kept : {}
    draft.card = replyId
      ? { is: 'replying', invitation, text, replyId }
      : { ...fresh(invitation, text), isNew: kept?.invitationId !== id }
  }
  owe(draft)
  draft.effects.push({
    do: 'wake',
    ms: remainingMs && Math.max(0, remainingMs - CLOSING_MS),
  })
}

/** Nothing is shown before the page has been looked at (decency). */
const fresh = (invitation: VisitorInvitation, text: string): OpenCard => ({
  is: 'open',
  invitation,
  text,
  shown: false,
  wanted: false,
  painted: false,
  closing: false,
  boxOpen: text !== '',
  typedAt: -TYPING_EVERY_MS,
  isNew: true,
})

function paint(draft: Draft): void {
  const { card } = draft
  if (card.is !== 'open' || !card.shown || card.painted) return
  const { invitation, text } = card
  draft.card = { ...card, painted: true }
  draft.kept = { invitationId: invitation.id, text }
  oweViewed(draft, invitation)
  if (card.isNew) {
    const { agent, text: said } = invitation
    draft.effects.push({ do: 'announce', text: `${words.invitationFrom(agent.name)}: ${said}` })
  }
}

/** What the server should know about this card and may not: sent again after every connection. */
function owe(draft: Draft): void {
  const { card } = draft
  if (card.is === 'none' || card.is === 'ended') return
  const { state, id: invitationId } = card.invitation
  if (state === 'sent') send(draft, { type: 'invitation.delivered', invitationId })
  if (card.is === 'replying') {
    const { replyId: id, text } = card
    send(draft, { type: 'invitation.reply', id, invitationId, text })
  } else if (card.painted) oweViewed(draft, card.invitation)
}

function oweViewed(draft: Draft, { state, id }: VisitorInvitation): void {
  if (state !== 'viewed') send(draft, { type: 'invitation.viewed', invitationId: id })
}

function type(draft: Draft, { text, now }: { text: string; now: number }): void {
  const { card } = draft
  if (card.is === 'ended') draft.card = { ...card, text }
  if (card.is !== 'open') return
  const invitationId = card.invitation.id
  draft.kept = { invitationId, text }
  draft.card = { ...card, text, problem: undefined }
  if (now - card.typedAt < TYPING_EVERY_MS) return
  draft.card.typedAt = now
  send(draft, { type: 'invitation.typing', invitationId })
}

function reply(draft: Draft, replyId: string): void {
  const { card } = draft
  if (card.is !== 'open') return
  const { invitation } = card
  const text = card.text.trim()
  if (text) {
    draft.kept = { invitationId: invitation.id, text, replyId }
    draft.card = { is: 'replying', invitation, text, replyId }
    owe(draft)
  } else {
    draft.card = { ...card, boxOpen: true }
    draft.effects.push({ do: 'focus', on: 'box' })
  }
}

/** A reply was taken, here or in another tab. Only the tab that replied opens its panel. */
function accept(draft: Draft): void {
  const { card, kept, panelReady } = draft
  removeCard(draft)
  if (card.is !== 'replying' && !kept?.replyId) return
  // Stays until the panel can take its place.
  if (card.is === 'replying' && !panelReady) draft.card = card
  open(draft)
}

/** Over without a chat: gone, unless something was written that must not be lost. */
function end(draft: Draft, how?: string): void {
  const { card, kept } = draft
  if (card.is === 'none') {
    // Written on an earlier page, in a card this page never drew: the panel has it when it opens.
    if (kept?.text) draft.effects.push({ do: 'keep draft', text: kept.text })
  } else if (card.text.trim() && how !== 'declined') {
    draft.card = { is: 'ended', invitation: card.invitation, text: card.text }
    return
  }
  removeCard(draft)
}

/** The server refused the reply: it is given back, or offered as a chat when it came too late. */
function takeBack(
  draft: Draft,
  { invitation, text }: Extract<Card, { is: 'replying' }>,
  { code, message }: { code: string; message: string },
): void {
  draft.kept = { invitationId: invitation.id, text }
  draft.card = /^invitation_ended|^not_found/.test(code)
    ? { is: 'ended', invitation, text }
    : {
        ...fresh(invitation, text),
        shown: true,
        wanted: true,
        painted: true,
        isNew: false,
        problem: message,
      }
}

function send({ effects }: Draft, frame: VisitorFrame): void {
  effects.push({ do: 'send', frame })
}

function open(draft: Draft): void {
  draft.open = true
  draft.effects.push({ do: 'focus', on: 'panel' })
}

function close(draft: Draft): void {
  if (draft.open) draft.effects.push({ do: 'focus', on: 'launcher' })
  draft.open = false
}

function removeCard(draft: Draft): void {
  draft.card = NO_CARD
  draft.kept = undefined
}
