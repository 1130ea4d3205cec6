import type {
  InvitationId,
  Look,
  VisitorChat,
  VisitorFrame,
  VisitorInvitation,
} from '@beckon/protocol'
import type { PortHappening } from '../../tracker/src/port.ts'
import {
  accept,
  type Card,
  end,
  type KeptCard,
  NO_CARD,
  owe,
  receive,
  removeCard,
} from './card/card-state.ts'
import type { Starting } from './panel/state.ts'

/*
 * What launcher, card and panel may do next. Whatever happens to them, on the wire or under the
 * visitor's hand, is a move: a function that changes a draft of the state and notes what there is to
 * do; the shell in main.ts only carries that out. The card's own moves are in card/card-state.ts. The
 * chat, and everything after *Reply*, is decided in panel/state.ts, which is loaded then.
 */

export type WidgetState = {
  look?: Look
  card: Card
  kept?: KeptCard
  /** The panel is open. */
  open: boolean
  /** It was open on the page before and opens again if its chat goes on. */
  reopen: boolean
  chat?: VisitorChat
  unread: number
  /** Said no to; said again if the server did not hear it. */
  declined?: { invitationId: InvitationId; id: string }
  /** Replied to: the panel sees to it that the server hears it. */
  answered?: InvitationId
}

export type Effect =
  | { do: 'send'; frame: VisitorFrame }
  /** Make the `clockStruck` move after this time; undefined calls an earlier one off. */
  | { do: 'wake'; ms: number | undefined }
  | { do: 'announce'; text: string }
  | { do: 'focus'; on: 'box' | 'launcher' | 'panel' }
  /** A reply for the panel to see through. */
  | { do: 'start'; starting: Starting }
  /** Words for the panel's box; with the invitation that ended over them, it offers a chat. */
  | { do: 'leave'; text: string; ended?: VisitorInvitation }

/** A copy of the state, to be changed: what is in it is replaced, never changed itself. */
export type Draft = WidgetState & { effects: Effect[] }

export type Move = (draft: Draft) => void

export const initialState = (
  remembered: Pick<WidgetState, 'kept' | 'reopen' | 'answered'>,
): WidgetState => ({ ...remembered, card: NO_CARD, open: false, unread: 0 })

/** A chat that goes on, so that there is something to come back to. */
export const isChatting = ({ chat }: WidgetState): boolean =>
  chat !== undefined && chat.state !== 'ended'

/** The state after it, and what there is to do. The state before stays as it was. */
export function apply(before: WidgetState, move: Move): [state: WidgetState, effects: Effect[]] {
  const draft: Draft = { ...before, effects: [] }
  move(draft)
  const { effects, ...state } = draft
  return [state, effects]
}

export function hear(draft: Draft, happening: PortHappening): void {
  if (happening.type === 'state') {
    if (happening.state === 'open') owe(draft)
    return
  }
  const { frame } = happening
  const { card } = draft
  switch (frame.type) {
    case 'welcome':
      draft.look = frame.look
      draft.chat = frame.chat
      if (isChatting(draft) && draft.reopen) draft.open = true
      draft.reopen = false
      if (frame.invitation) receive(draft, frame.invitation)
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
      if (card.is !== 'open' || card.invitation.id !== frame.invitationId) break
      if (frame.state === 'accepted') accept(draft)
      else end(draft, frame.state)
      break
    case 'chat':
      draft.chat = frame.chat
      if (isChatting(draft)) accept(draft)
      break
    case 'reset':
      removeCard(draft)
      draft.open = false
      draft.chat = undefined
      draft.unread = 0
  }
}

export function pressLauncher(draft: Draft): void {
  const { card } = draft
  if (card.is === 'open' && !card.shown) draft.card = { ...card, shown: true, wanted: true }
  else if (draft.open) close(draft)
  else open(draft)
}

export function open(draft: Draft): void {
  if (!draft.open) draft.effects.push({ do: 'focus', on: 'panel' })
  draft.open = true
}

export function close(draft: Draft): void {
  if (draft.open) draft.effects.push({ do: 'focus', on: 'launcher' })
  draft.open = false
}

/** The panel stands ready and takes the place of a card that was replied to. */
export function panelReady(draft: Draft): void {
  if (draft.card.is === 'replying') draft.card = NO_CARD
}

export function countUnread(draft: Draft, count: number): void {
  draft.unread = count
}
