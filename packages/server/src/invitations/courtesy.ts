import type { InvitationState, Timestamp } from '@beckon/protocol'

/*
 * Courtesy (W12). The ledger is the invitations themselves: by visitor, so by brand, and as durable
 * as they are. What counts is what the visitor answered, and letting it pass is an answer too.
 */

/** What the ledger knows of an earlier invitation. */
export type Answered = { state: InvitationState; endedAt: Timestamp | null }

const isRefusal = ({ state }: Answered): boolean => state === 'declined' || state === 'ignored'

/** Whether a person asks first, with the history before them: until the visitor accepts one again. */
export function asksFirst(newestFirst: readonly Answered[]): boolean {
  const last = newestFirst.find((one) => isRefusal(one) || one.state === 'accepted')
  return last !== undefined && isRefusal(last)
}

/** Whether an invitation may go out without a person: not so soon after any “no”. */
export const mayInviteUnasked = (
  past: readonly Answered[],
  { now, quietMs }: { now: Timestamp; quietMs: number },
): boolean =>
  !past.some((one) => isRefusal(one) && one.endedAt !== null && now < one.endedAt + quietMs)
