import type { StatusReason, VisitStatus } from '@beckon/protocol'

/** Why a visit is pending or removed, in the status' tooltip. */
const REASONS: Record<StatusReason, string> = {
  silent: 'No word from the browser for a while.',
  closed: 'The last tab was closed.',
  stopped: 'An agent stopped tracking. The next page makes it active again.',
  idle: 'No new page within the idle limit.',
  by_hand: 'Removed by an agent.',
  banned: 'Banned by a manager.',
  restart: 'The server was restarted; the browser has not come back yet.',
}

export const STATUS_WORDS: Record<VisitStatus, string> = {
  active: 'Active',
  pending: 'Pending',
  removed: 'Removed',
}

export const reasonWords = (reason: StatusReason | undefined): string | undefined =>
  reason && REASONS[reason]

/** Shape + hue of a visitor's status; the word always stands beside it. */
export function StatusMark({ status }: { status: VisitStatus }) {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden className="flex-none">
      {status === 'active' && <circle cx="4" cy="4" r="4" className="fill-green" />}
      {status === 'pending' && (
        <>
          <circle cx="4" cy="4" r="3.3" fill="none" strokeWidth="1.4" className="stroke-amber" />
          <path d="M4 1.2a2.8 2.8 0 0 1 0 5.6Z" className="fill-amber" />
        </>
      )}
      {status === 'removed' && (
        <circle
          cx="4"
          cy="4"
          r="3.3"
          fill="none"
          strokeWidth="1.3"
          strokeDasharray="1.7 1.75"
          className="stroke-gray"
        />
      )}
    </svg>
  )
}
