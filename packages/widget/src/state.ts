import type {
  InvitationId,
  Look,
  VisitorChat,
  VisitorFrame,
  VisitorInvitation,
} from '@beckon/protocol'
import type { PortHappening } from '../../tracker/src/port.ts'
import { words } from './words.ts'

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
  | { do: 'keep card'; card: KeptCard | null }
  | { do: 'keep open'; open: boolean }
  | { do: 'keep draft'; text: string }
  /** Happen `closing` after this time; null calls an earlier one off. */
  | { do: 'wake'; ms: number | null }
  | { do: 'announce'; text: string }
  | { do: 'focus'; on: 'box' | 'launcher' | 'panel' }
  /** Start a chat with this text. */
  | { do: 'begin'; text: string }
  | { do: 'forget' }

type Next = [WidgetState, Effect[]]

const CLOSING_MS = 20_000
const TYPING_EVERY_MS = 2_000

export const initialState = (kept: KeptCard | undefined, reopen: boolean): WidgetState => ({
  card: { is: 'none' },
  kept,
  open: false,
  reopen,
  panelReady: false,
  unread: 0,
})

/** A chat that goes on, so that there is something to come back to. */
export const isChatting = ({ chat }: WidgetState): boolean =>
  chat !== undefined && chat.state !== 'ended'

export function apply(state: WidgetState, happening: WidgetHappening): Next {
  const { card } = state
  switch (happening.type) {
    case 'frame':
      return onFrame(state, happening.frame)
    case 'state':
      return [state, happening.state === 'open' ? owed(card) : []]
    case 'decency':
      if (card.is !== 'open' || card.shown === happening.ok) return [state, []]
      if (card.painted || card.wanted) return [state, []]
      return [{ ...state, card: { ...card, shown: happening.ok } }, []]
    case 'painted':
      return onPainted(state)
    case 'closing':
      if (card.is !== 'open') return [state, []]
      return [{ ...state, card: { ...card, closing: card.invitation.canKeep } }, []]
    case 'typed':
      return onTyped(state, happening)
    case 'replied':
      return onReplied(state, happening.id)
    case 'declined':
      return onDeclined(state, happening.id)
    case 'kept open':
      if (card.is !== 'open') return [state, []]
      return [
        { ...state, card: { ...card, closing: false } },
        [send({ type: 'invitation.keep', id: happening.id, invitationId: card.invitation.id })],
      ]
    case 'started anyway':
      if (card.is !== 'ended') return [state, []]
      return opened({ ...withoutCard(state) }, [
        { do: 'keep card', card: null },
        { do: 'begin', text: card.text },
      ])
    case 'launcher pressed':
      if (card.is === 'open' && !card.shown) {
        return [{ ...state, card: { ...card, shown: true, wanted: true } }, []]
      }
      return state.open ? closed(state) : opened(state, [{ do: 'focus', on: 'panel' }])
    case 'opened':
      return state.open ? [state, []] : opened(state, [{ do: 'focus', on: 'panel' }])
    case 'closed':
      return closed(state)
    case 'panel ready':
      return [
        {
          ...state,
          panelReady: true,
          card: state.open && card.is === 'replying' ? { is: 'none' } : card,
        },
        [],
      ]
    case 'unread':
      return [{ ...state, unread: happening.count }, []]
  }
}

function onFrame(
  state: WidgetState,
  frame: Extract<PortHappening, { type: 'frame' }>['frame'],
): Next {
  const { card } = state
  switch (frame.type) {
    case 'welcome': {
      const known = { ...state, look: frame.look, chat: frame.chat, reopen: false }
      const chatting = isChatting(known)
      if (chatting && state.reopen) known.open = true
      if (frame.invitation) return onInvitation(known, frame.invitation)
      if (card.is === 'none' && !state.kept) return [known, []]
      return chatting ? onAccepted(known) : onEnded(known)
    }
    case 'look':
      return [{ ...state, look: frame.look }, []]
    case 'invitation':
      return onInvitation(state, frame.invitation)
    case 'invitation.ended':
      if (card.is === 'none' || card.invitation.id !== frame.invitationId) return [state, []]
      return frame.state === 'accepted' ? onAccepted(state) : onEnded(state, frame.state)
    case 'chat': {
      const known = { ...state, chat: frame.chat }
      return isChatting(known) && card.is !== 'none' && card.is !== 'ended'
        ? onAccepted(known)
        : [known, []]
    }
    case 'done':
      return card.is === 'replying' && card.replyId === frame.id ? onAccepted(state) : [state, []]
    case 'refused':
      return card.is === 'replying' && card.replyId === frame.id
        ? onRefused(state, frame.code, frame.message)
        : [state, []]
    case 'reset':
      return [
        { ...withoutCard(state), open: false, chat: undefined, unread: 0 },
        [{ do: 'wake', ms: null }, { do: 'forget' }],
      ]
    default:
      return [state, []]
  }
}

function onInvitation(state: WidgetState, invitation: VisitorInvitation): Next {
  const { card, kept, declined } = state
  const { remainingMs } = invitation
  if (declined?.invitationId === invitation.id) {
    return [state, [send({ type: 'invitation.decline', ...declined })]]
  }
  const wake: Effect[] =
    remainingMs === undefined ? [] : [{ do: 'wake', ms: Math.max(0, remainingMs - CLOSING_MS) }]
  if ((card.is === 'open' || card.is === 'replying') && card.invitation.id === invitation.id) {
    const same =
      card.is === 'open' ? { ...card, invitation, closing: false } : { ...card, invitation }
    return [{ ...state, card: same }, [...owed(same), ...wake]]
  }
  const mine = kept?.invitationId === invitation.id ? kept : undefined
  const text = mine?.text ?? ''
  const next: Card = mine?.replyId
    ? { is: 'replying', invitation, text, replyId: mine.replyId }
    : { ...fresh(invitation, text), isNew: !mine }
  return [{ ...state, card: next }, [...owed(next), ...wake]]
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

function onPainted(state: WidgetState): Next {
  const { card } = state
  if (card.is !== 'open' || !card.shown || card.painted) return [state, []]
  const painted = { ...card, painted: true }
  const kept: KeptCard = { invitationId: card.invitation.id, text: card.text }
  const effects: Effect[] = owedViewed(painted)
  if (card.isNew) {
    const { agent, text } = card.invitation
    effects.push(
      { do: 'keep card', card: kept },
      { do: 'announce', text: `${words.invitationFrom(agent.name)}: ${text}` },
    )
  }
  return [{ ...state, card: painted, kept }, effects]
}

/** What the server should know about this card and may not: sent again after every connection. */
function owed(card: Card): Effect[] {
  if (card.is === 'none' || card.is === 'ended') return []
  const invitationId = card.invitation.id
  const effects: Effect[] = []
  if (card.invitation.state === 'sent') {
    effects.push(send({ type: 'invitation.delivered', invitationId }))
  }
  if (card.is === 'replying') {
    const { replyId: id, text } = card
    effects.push(send({ type: 'invitation.reply', id, invitationId, text }))
  } else {
    effects.push(...owedViewed(card))
  }
  return effects
}

const owedViewed = ({ painted, invitation }: OpenCard): Effect[] =>
  painted && invitation.state !== 'viewed'
    ? [send({ type: 'invitation.viewed', invitationId: invitation.id })]
    : []

type OpenCard = Extract<Card, { is: 'open' }>

function onTyped(state: WidgetState, { text, now }: { text: string; now: number }): Next {
  const { card } = state
  if (card.is === 'ended') return [{ ...state, card: { ...card, text } }, []]
  if (card.is !== 'open') return [state, []]
  const invitationId = card.invitation.id
  const kept: KeptCard = { invitationId, text }
  const tell = now - card.typedAt >= TYPING_EVERY_MS
  const effects: Effect[] = [{ do: 'keep card', card: kept }]
  if (tell) effects.push(send({ type: 'invitation.typing', invitationId }))
  const typedAt = tell ? now : card.typedAt
  return [{ ...state, kept, card: { ...card, text, typedAt, problem: undefined } }, effects]
}

function onReplied(state: WidgetState, replyId: string): Next {
  const { card } = state
  if (card.is !== 'open') return [state, []]
  const text = card.text.trim()
  if (text === '') {
    return [{ ...state, card: { ...card, boxOpen: true } }, [{ do: 'focus', on: 'box' }]]
  }
  const kept: KeptCard = { invitationId: card.invitation.id, text, replyId }
  const replying: Card = { is: 'replying', invitation: card.invitation, text, replyId }
  return [
    { ...state, card: replying, kept },
    [{ do: 'keep card', card: kept }, { do: 'wake', ms: null }, ...owed(replying)],
  ]
}

function onDeclined(state: WidgetState, id: string): Next {
  const { card } = state
  const effects: Effect[] = [
    { do: 'keep card', card: null },
    { do: 'wake', ms: null },
  ]
  if (card.is === 'ended') return [withoutCard(state), effects]
  if (card.is !== 'open') return [state, []]
  const invitationId = card.invitation.id
  effects.unshift(send({ type: 'invitation.decline', id, invitationId }))
  return [{ ...withoutCard(state), declined: { invitationId, id } }, effects]
}

/** A reply was taken, here or in another tab. Only the tab that replied opens its panel. */
function onAccepted(state: WidgetState): Next {
  const done: Effect[] = [
    { do: 'keep card', card: null },
    { do: 'wake', ms: null },
  ]
  const { card, kept } = state
  if (card.is !== 'replying' && !kept?.replyId) return [withoutCard(state), done]
  const next =
    card.is === 'replying' && !state.panelReady ? { ...state, kept: undefined } : withoutCard(state)
  return opened(next, [...done, { do: 'focus', on: 'panel' }])
}

/** Over without a chat: gone, unless something was written that must not be lost. */
function onEnded(state: WidgetState, end?: string): Next {
  const { card } = state
  const over: Effect[] = [{ do: 'wake', ms: null }]
  if (card.is === 'none' && state.kept?.text) {
    // Written on an earlier page, in a card this page never drew: the panel has it when it opens.
    over.push({ do: 'keep draft', text: state.kept.text })
  }
  const text = card.is === 'none' ? '' : card.text
  if (card.is === 'none' || text.trim() === '' || end === 'declined') {
    return [withoutCard(state), [...over, { do: 'keep card', card: null }]]
  }
  return [{ ...state, card: { is: 'ended', invitation: card.invitation, text } }, over]
}

function onRefused(state: WidgetState, code: string, problem: string): Next {
  const { card } = state
  if (card.is !== 'replying') return [state, []]
  const { invitation, text } = card
  const kept: KeptCard = { invitationId: invitation.id, text }
  if (code === 'invitation_ended' || code === 'not_found') {
    return [
      { ...state, kept, card: { is: 'ended', invitation, text } },
      [{ do: 'keep card', card: kept }],
    ]
  }
  const open: Card = {
    ...fresh(invitation, text),
    shown: true,
    wanted: true,
    painted: true,
    boxOpen: true,
    isNew: false,
    problem,
  }
  return [{ ...state, kept, card: open }, [{ do: 'keep card', card: kept }]]
}

const send = (frame: VisitorFrame): Effect => ({ do: 'send', frame })

const opened = (state: WidgetState, effects: Effect[]): Next => [
  { ...state, open: true },
  [{ do: 'keep open', open: true }, ...effects],
]

const closed = (state: WidgetState): Next =>
  state.open
    ? [
        { ...state, open: false },
        [
          { do: 'keep open', open: false },
          { do: 'focus', on: 'launcher' },
        ],
      ]
    : [state, []]

const withoutCard = (state: WidgetState): WidgetState => ({
  ...state,
  card: { is: 'none' },
  kept: undefined,
})
