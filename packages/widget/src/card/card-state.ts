import type { InvitationId, VisitorFrame, VisitorInvitation } from '@beckon/protocol'
import type { Draft } from '../state.ts'
import * as words from '../words.ts'

/* What an invitation card is and may become, until the visitor replies. */

export type Card =
  | { is: 'none' }
  | OpenCard
  /** Stays as it is until the panel takes its place. */
  | { is: 'replying'; invitation: VisitorInvitation; text: string }

type OpenCard = {
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
  late: boolean
  /** Then it may be offered to keep it open. */
  closing: boolean
  /** The visitor asked for the box, which a phone shows only then. */
  boxOpen: boolean
  typedAt: number
  /** Rises once per visit; on later pages it is simply there. */
  isNew: boolean
}

/** What survives a page change: the box, and that this one was announced. */
export type KeptCard = { invitationId: InvitationId; text: string }

const CLOSING_MS = 20_000
/** The server says within a second that it is over; a page that hears nothing by then is cut off. */
const OVER_MS = 3_000
const TYPING_EVERY_MS = 2_000
const NEVER = -TYPING_EVERY_MS

export const NO_CARD: Card = { is: 'none' }

export function receive(draft: Draft, invitation: VisitorInvitation): void {
  const { card, kept, declined, answered } = draft
  const { id, remainingMs } = invitation
  if (answered === id) return
  if (declined?.invitationId === id) {
    send(draft, { type: 'invitation.decline', ...declined })
    return
  }
  if (card.is === 'open' && card.invitation.id === id) {
    draft.card = { ...card, invitation, late: false, closing: false }
  } else {
    const text = kept?.invitationId === id ? kept.text : ''
    draft.card = {
      is: 'open',
      invitation,
      text,
      // Nothing is shown before the page has been looked at (decency).
      shown: false,
      wanted: false,
      painted: false,
      late: false,
      closing: false,
      boxOpen: text !== '',
      typedAt: NEVER,
      isNew: kept?.invitationId !== id,
    }
  }
  owe(draft)
  draft.effects.push({ do: 'wake', ms: remainingMs && Math.max(0, remainingMs - CLOSING_MS) })
}

/** Whether the page can take the card decently now. */
export function judge(draft: Draft, ok: boolean): void {
  const { card } = draft
  if (card.is === 'open' && !card.painted && !card.wanted) draft.card = { ...card, shown: ok }
}

export function paint(draft: Draft): void {
  const { card } = draft
  if (card.is !== 'open' || !card.shown || card.painted) return
  const { invitation, text, isNew } = card
  draft.card = { ...card, painted: true }
  draft.kept = { invitationId: invitation.id, text }
  owe(draft)
  if (isNew) {
    const { agent, text: said } = invitation
    draft.effects.push({ do: 'announce', text: `${words.invitationFrom(agent.name)}: ${said}` })
  }
}

/** What the server should know about this card and may not: sent again after every connection. */
export function owe(draft: Draft): void {
  const { card } = draft
  if (card.is !== 'open' || !card.painted || card.invitation.state === 'viewed') return
  send(draft, { type: 'invitation.viewed', invitationId: card.invitation.id })
}

/** The last 20 s begin; and when they are over and nobody has said so, the card goes by itself. */
export function strikeClock(draft: Draft): void {
  const { card } = draft
  if (card.is !== 'open') return
  const { canKeep, remainingMs = 0 } = card.invitation
  if (card.late) {
    const { kept } = draft
    end(draft)
    // Should it have been held open, the next welcome brings it back with its text.
    draft.kept = kept
    return
  }
  draft.card = { ...card, late: true, closing: canKeep }
  draft.effects.push({ do: 'wake', ms: Math.min(remainingMs, CLOSING_MS) + OVER_MS })
}

export function type(draft: Draft, text: string, now: number): void {
  const { card } = draft
  if (card.is !== 'open') return
  const invitationId = card.invitation.id
  const isTold = now - card.typedAt < TYPING_EVERY_MS
  draft.kept = { invitationId, text }
  draft.card = { ...card, text, typedAt: isTold ? card.typedAt : now }
  if (!isTold) send(draft, { type: 'invitation.typing', invitationId })
}

/** From here on it is the panel's: it says the reply again until it is answered. */
export function reply(draft: Draft, id: string): void {
  const { card } = draft
  if (card.is !== 'open') return
  const { invitation } = card
  const text = card.text.trim()
  if (text) {
    removeCard(draft)
    draft.card = { is: 'replying', invitation, text }
    draft.answered = invitation.id
    send(draft, { type: 'invitation.reply', id, invitationId: invitation.id, text })
    draft.effects.push({ do: 'start', starting: { id, text, to: invitation } })
    draft.effects.push({ do: 'focus', on: 'panel' })
    draft.open = true
  } else {
    draft.card = { ...card, boxOpen: true }
    draft.effects.push({ do: 'focus', on: 'box' })
  }
}

export function decline(draft: Draft, id: string): void {
  const { card } = draft
  if (card.is !== 'open') return
  draft.declined = { invitationId: card.invitation.id, id }
  send(draft, { type: 'invitation.decline', ...draft.declined })
  removeCard(draft)
}

export function keepOpen(draft: Draft, id: string): void {
  const { card } = draft
  if (card.is !== 'open') return
  draft.card = { ...card, closing: false }
  send(draft, { type: 'invitation.keep', id, invitationId: card.invitation.id })
}

/** A chat goes on: what was written here meanwhile, and not sent, belongs in its box. */
export function accept(draft: Draft): void {
  const { card, kept } = draft
  // A box that was filled on another page may hold what has been sent from there.
  const text = card.is === 'open' ? card.typedAt >= 0 && card.text.trim() : kept?.text
  if (text) draft.effects.push({ do: 'leave', text })
  if (card.is !== 'replying') removeCard(draft)
}

/** Over without a chat: gone, unless something was written that must not be lost. */
export function end(draft: Draft, how?: string): void {
  const { card, kept } = draft
  if (card.is === 'replying') return
  // Written on an earlier page, in a card this page never drew: the panel has it when it opens.
  const { text, invitation: ended } = card.is === 'open' ? card : { text: kept?.text }
  if (text?.trim() && how !== 'declined') draft.effects.push({ do: 'leave', text, ended })
  removeCard(draft)
}

export function removeCard(draft: Draft): void {
  draft.card = NO_CARD
  draft.kept = undefined
}

function send({ effects }: Draft, frame: VisitorFrame): void {
  effects.push({ do: 'send', frame })
}
