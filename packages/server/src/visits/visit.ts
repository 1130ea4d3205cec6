import type { StatusReason, Timestamp } from '@beckon/protocol'

/**
 * What a visit is and may become (DESIGN §4): active → pending → removed → gone, and back from
 * pending with a new page. Pure: the moment is an argument, and a state says all there is to know.
 */
export type VisitState =
  /** `lostAt`: the last connection went; the grace runs. */
  | { status: 'active'; lostAt?: Timestamp; lostReason?: 'silent' | 'closed' }
  | { status: 'pending'; reason: StatusReason; since: Timestamp }
  | { status: 'removed'; reason: 'idle' | RemovedBy; goneAt: Timestamp }
  | { status: 'gone' }

/** By an agent's hand, or because its visitor was banned. */
export type RemovedBy = 'by_hand' | 'banned'

export type Limits = {
  readonly graceMs: number
  readonly idleMs: number
  readonly removedMs: number
  /** A visible tab with input this recent is being read; undefined switches the rule off. */
  readonly readingMs: number | undefined
}

export const READING_MS = 300_000

/** What, besides its state, decides how long a visit stays. */
export type Stay = {
  /** Last navigation: idle counts from here. */
  readonly navigatedAt: Timestamp
  /** Last input in a tab that is visible now; 0 = none. */
  readonly readAt: Timestamp
  /** An invitation or a chat is open. */
  readonly kept: boolean
}

/** Of all who are connected. */
export const ACTIVE: VisitState = Object.freeze({ status: 'active' })

/** A tab said hello or navigated. What has been removed is over: the caller begins a new visit. */
export const arrived = (state: VisitState): VisitState =>
  state.status === 'active' && state.lostAt === undefined ? state : ACTIVE

/** The last connection went. */
export const lost = (state: VisitState, now: Timestamp, reason: 'silent' | 'closed'): VisitState =>
  state.status === 'active' ? { status: 'active', lostAt: now, lostReason: reason } : state

/** An agent stopped tracking; or the person in front of the browser changed. No grace. */
export const stopped = (state: VisitState, now: Timestamp, reason: StatusReason): VisitState =>
  state.status === 'active' || state.status === 'pending'
    ? { status: 'pending', reason, since: now }
    : state

export const removed = (
  state: VisitState,
  reason: RemovedBy,
  now: Timestamp,
  limits: Limits,
): VisitState =>
  state.status === 'active' || state.status === 'pending'
    ? { status: 'removed', reason, goneAt: now + limits.removedMs }
    : state

/** What time alone makes of a visit. The same object when nothing is due. */
export function swept(state: VisitState, stay: Stay, now: Timestamp, limits: Limits): VisitState {
  if (state.status === 'gone') return state
  if (state.status === 'removed') return now >= state.goneAt ? { status: 'gone' } : state
  if (hasIdledOut(state, stay, now, limits)) {
    return { status: 'removed', reason: 'idle', goneAt: now + limits.removedMs }
  }
  if (state.status === 'active' && state.lostAt !== undefined) {
    const due = state.lostAt + limits.graceMs
    if (now >= due) return { status: 'pending', reason: state.lostReason ?? 'closed', since: now }
  }
  return state
}

function hasIdledOut(state: VisitState, stay: Stay, now: Timestamp, limits: Limits): boolean {
  if (stay.kept || now < stay.navigatedAt + limits.idleMs) return false
  const connected = state.status === 'active' && state.lostAt === undefined
  const reading =
    connected && limits.readingMs !== undefined && now < stay.readAt + limits.readingMs
  return !reading
}
