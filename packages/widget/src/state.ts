import type {
  InvitationId,
  Look,
  VisitorChat,
  VisitorFrame,
  VisitorInvitation,
  VisitorServerFrame,
} from '@beckon/protocol'
import type { LinksFrame, PortHappening, PortState, Welcome } from '../../tracker/src/port.ts'
import { accept, type Card, end, owe, receive, removeCard } from './card/card-state.ts'
import type { Unread } from './launcher/launcher.ts'
import type { Starting } from './panel/state.ts'

/*
 * What launcher, card and panel may do next. Whatever happens to them, on the wire or under the
 * visitor's hand, is a move: a function that changes a draft of the state and notes what there is to
 * do; the shell in main.ts only carries that out. The card's own moves are in card/card-state.ts. The
 * chat, and everything after *Reply*, is decided in panel/state.ts, which is loaded then.
 */

/** What outlives the page: that a card was announced, and what its box holds. */
export const KEPT = ['announced', 'written'] as const

export type WidgetState = {
  look?: Look
  /** Of the live chat link on the page that the panel was opened by. */
  opened?: Look
  card?: Card
  /** A card that was replied to: it stays as it is until the panel takes its place. */
  replying?: Card & { text: string }
  /** Id of the invitation that has been announced. */
  announced?: string | null
  /** What stands in the card's box. */
  written?: string | null
  /** The panel is open. */
  open: boolean
  chat?: VisitorChat
  unread?: Unread
  /** Said no to; said again if the server did not hear it. */
  declined?: { invitationId: InvitationId; id: string }
  /** Names the invitation replied to: the panel sees to it that the server hears it. */
  answered?: string | null
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

/** A copy of the state, to be changed: its card too; what is deeper is replaced, never changed. */
export type Draft = WidgetState & { effects: Effect[] }

export type Move = (draft: Draft) => void

/** Makes a move, with what it has to know. */
export type Happen = <A extends unknown[]>(
  move: (draft: Draft, ...about: A) => void,
  ...about: A
) => void

export const initialState = (
  remembered: Pick<WidgetState, 'announced' | 'written' | 'answered'>,
): WidgetState => ({ ...remembered, open: false })

/** A chat that goes on, so that there is something to come back to. */
export const isChatting = ({ chat }: WidgetState): boolean => !!chat && chat.state !== 'ended'

/** The state after it, and what there is to do. The state before stays as it was. */
export function apply(before: WidgetState, move: Move): [state: WidgetState, effects: Effect[]] {
  const draft: Draft = { ...before, card: before.card && { ...before.card }, effects: [] }
  move(draft)
  const { effects, ...state } = draft
  return [state, effects]
}

export function hear(draft: Draft, happening: PortHappening): void {
  const { state, frame } = happening as { state?: PortState; frame?: VisitorServerFrame }
  if (state === 'open') owe(draft)
  if (!frame) return
  // Whatever frame brings one of these tells that part of the welcome anew.
  const { look, chat, invitation, links } = frame as Partial<Omit<Welcome, 'type'> & LinksFrame>
  const isWelcome = frame.type === 'welcome'
  if (look) draft.look = look
  if (links && draft.opened) draft.opened = links[draft.opened.linkId as string]?.look
  if (chat || isWelcome) draft.chat = chat
  if (frame.type === 'reset') {
    removeCard(draft)
    draft.open = false
    draft.chat = draft.unread = undefined
  }
  const { card } = draft
  if (invitation) receive(draft, invitation)
  else if (chat && isChatting(draft)) accept(draft)
  else if (isWelcome) end(draft)
  else if (frame.type === 'invitation.ended' && card?.invitation.id === frame.invitationId) {
    if (frame.state === 'accepted') accept(draft)
    else end(draft, frame.state)
  }
}

export function pressLauncher(draft: Draft): void {
  const { card } = draft
  if (card && !card.shown) card.shown = card.wanted = true
  else if (draft.open) close(draft)
  else open(draft, draft.look?.main)
}

/** `look`: of the link that it was opened by, where that is not the page's. */
export function open(draft: Draft, look?: Look): void {
  if (!draft.open) draft.effects.push({ do: 'focus', on: 'panel' })
  draft.open = true
  draft.opened = look
}

export function close(draft: Draft): void {
  if (draft.open) draft.effects.push({ do: 'focus', on: 'launcher' })
  draft.open = false
  draft.opened = undefined
}
