import type { VisitorFrame, VisitorInvitation } from '@beckon/protocol'
import type { Draft } from '../state.ts'
import { invitationFrom } from '../words.ts'

/* What an invitation card is and may become, until the visitor replies. */

/** An open invitation. What its box holds is `written` of the state, which outlives the page. */
export type Card = {
  invitation: VisitorInvitation
  /** Not: it waits as a badge, because showing it now would be indecent. */
  shown?: boolean
  /** The visitor asked to see it, which settles whether it may be shown. */
  wanted?: boolean
  /** Painted in a visible page; the server has been or will be told. */
  painted?: boolean
  /** The last 20 s have begun. */
  late?: boolean
  /** Then it may be offered to keep it open. */
  closing?: boolean
  /** The visitor asked for the box, which a phone shows only then. */
  boxOpen: boolean
  /** When the server was last told of a keystroke. */
  typedAt?: number
  /** Rises once per visit; on later pages it is simply there. */
  isNew: boolean
}

const CLOSING_MS = 20_000
/** The server says within a second that it is over; a page that hears nothing by then is cut off. */
const OVER_MS = 3_000
const TYPING_EVERY_MS = 2_000

export function receive(draft: Draft, invitation: VisitorInvitation): void {
  const { card, declined, effects } = draft
  const { id, remainingMs } = invitation
  if (draft.answered?.includes(id)) return
  if (declined?.invitationId === id) {
    send(draft, { type: 'invitation.decline', ...declined })
    return
  }
  if (card?.invitation.id === id) Object.assign(card, { invitation, late: false, closing: false })
  else {
    const isNew = draft.announced !== id
    if (isNew) draft.written = undefined
    // Nothing is shown before the page has been looked at (decency).
    draft.card = { invitation, isNew, boxOpen: !!draft.written }
  }
  owe(draft)
  effects.push({ do: 'wake', ms: remainingMs && remainingMs - CLOSING_MS })
}

/** Whether the page can take the card decently now. */
export function judge({ card }: Draft, ok: boolean): void {
  if (card && !isSettled(card)) card.shown = ok
}

/** Painted, or wanted by the visitor: there is nothing to judge any more. */
export const isSettled = ({ painted, wanted }: Card) => painted || wanted

export function paint(draft: Draft): void {
  const { card, effects } = draft
  if (!card?.shown || card.painted) return
  const { invitation, isNew } = card
  card.painted = true
  draft.announced = invitation.id
  owe(draft)
  if (isNew) {
    const { agent, text } = invitation
    effects.push({ do: 'announce', text: `${invitationFrom(agent)}: ${text}` })
  }
}

/** What the server should know about this card and may not: sent again after every connection. */
export function owe(draft: Draft): void {
  const { card } = draft
  if (!card?.painted || card.invitation.state === 'viewed') return
  send(draft, { type: 'invitation.viewed', invitationId: card.invitation.id })
}

/** The last 20 s begin; and when they are over and nobody has said so, the card goes by itself. */
export function strikeClock(draft: Draft): void {
  const { card, announced, written, effects } = draft
  if (!card) return
  const { canKeep, remainingMs = 0 } = card.invitation
  if (card.late) {
    end(draft)
    // Should it have been held open, the next welcome brings it back with its text.
    Object.assign(draft, { announced, written })
    return
  }
  card.late = true
  card.closing = canKeep
  effects.push({ do: 'wake', ms: Math.min(remainingMs, CLOSING_MS) + OVER_MS })
}

export function type(draft: Draft, text: string, now: number): void {
  const { card } = draft
  if (!card) return
  const { invitation, typedAt } = card
  draft.announced = invitation.id
  draft.written = text
  // Of the first keystroke there is no time before, and nothing is less than that.
  if (now - (typedAt as number) < TYPING_EVERY_MS) return
  card.typedAt = now
  send(draft, { type: 'invitation.typing', invitationId: invitation.id })
}

/** From here on it is the panel's: it says the reply again until it is answered. */
export function reply(draft: Draft, id: string): void {
  const { card, effects } = draft
  if (!card) return
  const { invitation } = card
  const text = draft.written?.trim()
  if (text) {
    removeCard(draft)
    draft.replying = { ...card, closing: false, text }
    draft.answered = invitation.id
    send(draft, { type: 'invitation.reply', id, invitationId: invitation.id, text })
    effects.push(
      { do: 'start', starting: { id, text, to: invitation } },
      { do: 'focus', on: 'panel' },
    )
    draft.open = true
  } else {
    card.boxOpen = true
    effects.push({ do: 'focus', on: 'box' })
  }
}

export function decline(draft: Draft, id: string): void {
  const { card } = draft
  if (!card) return
  draft.declined = { invitationId: card.invitation.id, id }
  send(draft, { type: 'invitation.decline', ...draft.declined })
  removeCard(draft)
}

/** A chat goes on: what was written here meanwhile, and not sent, belongs in its box. */
export function accept(draft: Draft): void {
  const { card } = draft
  // A box that was filled on another page may hold what has been sent from there.
  if (!card || card.typedAt !== undefined) leave(draft)
  removeCard(draft)
}

/** Over without a chat: gone, unless something was written that must not be lost. */
export function end(draft: Draft, how?: string): void {
  if (how !== 'declined') leave(draft, draft.card?.invitation)
  removeCard(draft)
}

/** Written here, or on an earlier page in a card that this page never drew: the panel has it. */
function leave({ written, effects }: Draft, ended?: VisitorInvitation): void {
  const text = written?.trim()
  if (text) effects.push({ do: 'leave', text, ended })
}

export function removeCard(draft: Draft): void {
  draft.card = draft.announced = draft.written = undefined
}

export function send({ effects }: Draft, frame: VisitorFrame): void {
  effects.push({ do: 'send', frame })
}
