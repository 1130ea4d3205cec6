import type { InvitationReason, Timestamp } from '@beckon/protocol'
import { minutes, seconds } from '../time/clock.ts'

/*
 * What an invitation is and may become (DESIGN §5): sent → delivered → viewed → accepted, declined
 * or ignored; any open one → withdrawn or failed; one not yet viewed → expired. Ends are final: no
 * function here takes an ended one. Whether something is too early or too late is decided here and
 * nowhere else; a moment at the deadline is past it.
 */

type Not<Reason extends InvitationReason> = Extract<InvitationReason, Reason>
export type WithdrawReason = Not<'undone' | 'withdrawn' | 'replaced' | 'superseded'>
export type FailReason = Not<'banned' | 'consent_withdrawn' | 'site_off'>
export type ExpireReason = Not<'not_viewed' | 'left'>

export type Sent = { state: 'sent'; sentAt: Timestamp; deadline: Timestamp }
export type Delivered = {
  state: 'delivered'
  sentAt: Timestamp
  deliveredAt: Timestamp
  deadline: Timestamp
}
export type Viewed = {
  state: 'viewed'
  sentAt: Timestamp
  deliveredAt: Timestamp
  viewedAt: Timestamp
  deadline: Timestamp
  /** Terms added by “Keep it open”. */
  keeps: number
  /** The last keystroke in the card that moved the deadline. */
  typedAt?: Timestamp
}
export type Open = Sent | Delivered | Viewed
export type Unseen = Sent | Delivered

type Past = { sentAt: Timestamp; deliveredAt?: Timestamp; viewedAt?: Timestamp; endedAt: Timestamp }
type Seen = Past & { deliveredAt: Timestamp; viewedAt: Timestamp }
export type Accepted = Seen & { state: 'accepted' }
export type Declined = Seen & { state: 'declined' }
export type Ignored = Seen & { state: 'ignored' }
export type Expired = Past & { state: 'expired'; reason: ExpireReason }
export type Withdrawn = Past & { state: 'withdrawn'; reason: WithdrawReason }
export type Failed = Past & { state: 'failed'; reason: FailReason }
export type Ended = Accepted | Declined | Ignored | Expired | Withdrawn | Failed
export type Invitation = Open | Ended

/** How long things may take. The first two are settings. */
export type Terms = { answer: number; unseen: number }

/** The seed's 2:00, and how long an invitation waits to be seen. */
export const TERMS: Terms = { answer: seconds(120), unseen: minutes(10) }

/** Writing in the card keeps it this long after a keystroke, … */
const TYPING_HOLDS = seconds(60)
/** … but not longer than this after it was viewed, plus the terms added by hand. */
const TYPING_LIMIT = minutes(5)
/** “Keep it open” is offered this long before the end, and this many times (WCAG 2.2.1). */
const KEEP_OFFERED = seconds(20)
export const MOST_KEEPS = 10
/** A withdrawal this soon after sending is an undo (W11). */
const UNDO_WITHIN = seconds(5)

export const isOpen = (invitation: Invitation): invitation is Open =>
  invitation.state === 'sent' || invitation.state === 'delivered' || invitation.state === 'viewed'

export const isDue = (invitation: Open, now: Timestamp): boolean => now >= invitation.deadline

export const send = (now: Timestamp, terms: Terms): Sent => ({
  state: 'sent',
  sentAt: now,
  deadline: now + terms.unseen,
})

/** The tracker has it. Expiry goes on counting from the sending. */
export const deliver = (sent: Sent, now: Timestamp): Delivered => ({
  ...sent,
  state: 'delivered',
  deliveredAt: now,
})

/** First painted in a visible tab: now, and only now, the clock starts (S46). */
export const view = (delivered: Delivered, now: Timestamp, terms: Terms): Viewed => ({
  ...delivered,
  state: 'viewed',
  viewedAt: now,
  deadline: now + terms.answer,
  keeps: 0,
})

/** A keystroke in the card. The same invitation when it moves nothing. */
export function type(viewed: Viewed, now: Timestamp, terms: Terms): Viewed {
  const limit = viewed.viewedAt + TYPING_LIMIT + viewed.keeps * terms.answer
  const deadline = Math.max(viewed.deadline, Math.min(now + TYPING_HOLDS, limit))
  return deadline === viewed.deadline ? viewed : { ...viewed, deadline, typedAt: now }
}

/**
 * “Keep it open”. Outside its last seconds the wish is already granted (two tabs asked), so nothing
 * moves; undefined when it was granted as often as it may be.
 */
export function keep(viewed: Viewed, now: Timestamp, terms: Terms): Viewed | undefined {
  if (viewed.deadline - now > KEEP_OFFERED) return viewed
  if (viewed.keeps >= MOST_KEEPS) return undefined
  return { ...viewed, deadline: viewed.deadline + terms.answer, keeps: viewed.keeps + 1 }
}

/** The visitor's first reply. */
export const accept = (viewed: Viewed, now: Timestamp): Accepted => ({
  ...past(viewed, now),
  ...seen(viewed),
  state: 'accepted',
})

export const decline = (viewed: Viewed, now: Timestamp): Declined => ({
  ...past(viewed, now),
  ...seen(viewed),
  state: 'declined',
})

/** Viewed and unanswered until the deadline (S44). Before it: the same invitation. */
export const ignore = (viewed: Viewed, now: Timestamp): Ignored | Viewed =>
  isDue(viewed, now) ? { ...past(viewed, now), ...seen(viewed), state: 'ignored' } : viewed

/** Not viewed in time, or the visit is gone; a viewed one runs to its deadline instead. */
export const expire = (unseen: Unseen, now: Timestamp, reason: ExpireReason): Expired | Unseen =>
  reason === 'not_viewed' && !isDue(unseen, now)
    ? unseen
    : { ...past(unseen, now), state: 'expired', reason }

export const withdraw = (open: Open, now: Timestamp, reason: WithdrawReason): Withdrawn => ({
  ...past(open, now),
  state: 'withdrawn',
  reason,
})

/** The inviter's own withdrawal: an undo while it is fresh. */
export const withdrawnBecause = (open: Open, now: Timestamp): 'undone' | 'withdrawn' =>
  now - open.sentAt <= UNDO_WITHIN ? 'undone' : 'withdrawn'

export const fail = (open: Open, now: Timestamp, reason: FailReason): Failed => ({
  ...past(open, now),
  state: 'failed',
  reason,
})

/** What time alone makes of it: the sweep's question. The same invitation when it is not due. */
export const lapse = (open: Open, now: Timestamp): Invitation =>
  open.state === 'viewed' ? ignore(open, now) : expire(open, now, 'not_viewed')

/**
 * Every state on the way to “viewed”, for an answer that comes before its acknowledgments: whoever
 * answers has seen it. Empty when it was viewed already.
 */
export function stepsToViewed(open: Open, now: Timestamp, terms: Terms): (Delivered | Viewed)[] {
  if (open.state === 'viewed') return []
  if (open.state === 'delivered') return [view(open, now, terms)]
  const delivered = deliver(open, now)
  return [delivered, view(delivered, now, terms)]
}

function past(open: Open, now: Timestamp): Past {
  return {
    sentAt: open.sentAt,
    ...(open.state !== 'sent' && { deliveredAt: open.deliveredAt }),
    ...(open.state === 'viewed' && { viewedAt: open.viewedAt }),
    endedAt: now,
  }
}

const seen = ({ deliveredAt, viewedAt }: Viewed) => ({ deliveredAt, viewedAt })
