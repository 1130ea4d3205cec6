import type { InvitationCounts } from '@beckon/protocol'

/** One step of the invitation funnel: how many came here, and what became of those who went no further. */
export type Step = {
  id: 'sent' | 'delivered' | 'viewed' | 'accepted'
  count: number
  /** Share of the step before; undefined for the first, or when there was none before. */
  share: number | undefined
  lost: number
}

/**
 * Losses and successes always add up: what a step lost is what did not reach the next, open ones
 * included, so accepted + every loss = sent (I20).
 */
export function funnelOf(counts: InvitationCounts): Step[] {
  const { sent, delivered, viewed, accepted } = counts
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : undefined)
  return [
    { id: 'sent', count: sent, share: undefined, lost: sent - delivered },
    { id: 'delivered', count: delivered, share: share(delivered, sent), lost: delivered - viewed },
    { id: 'viewed', count: viewed, share: share(viewed, delivered), lost: viewed - accepted },
    { id: 'accepted', count: accepted, share: share(accepted, viewed), lost: 0 },
  ]
}

const ENDS = [
  ['accepted', 'accepted'],
  ['declined', 'declined'],
  ['ignored', 'ignored'],
  ['withdrawn', 'withdrawn'],
  ['expired', 'expired'],
  ['failed', 'failed'],
  ['open', 'still open'],
] as const satisfies (readonly [keyof InvitationCounts, string])[]

/** What became of what was sent, in the words of the list; together they are all of it (I20). */
export const endsOf = (counts: InvitationCounts) =>
  ENDS.map(([id, words]) => ({ id, words, count: counts[id] })).filter(({ count }) => count > 0)

/** “33.8 %”; nothing when there is nothing to divide by. */
export const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${(share * 100).toFixed(1)} %`

/** Below this many viewed, a share says more about chance than about people. */
export const ENOUGH = 10
