import type { InvitationView } from '@beckon/protocol'
import { Empty } from '../../parts/empty.tsx'
import { useNow } from '../../server-clock.ts'
import { InvitationStateView } from '../invitation-state.tsx'
import { whenWords } from './times.ts'

/** The server tells this many of one visitor. */
const SHOWN = 50

/** What this visitor was invited with, by whom, and what came of it. */
export function InvitationsList({ invitations }: { invitations: readonly InvitationView[] }) {
  if (invitations.length === 0) {
    return <Empty fact="No invitations" next="Nobody has invited this visitor yet." />
  }
  return (
    <div className="px-4 py-3">
      <ul className="flex flex-col gap-4">
        {invitations.map((invitation) => (
          <li key={invitation.id}>
            <InvitationItem invitation={invitation} />
          </li>
        ))}
      </ul>
      {invitations.length >= SHOWN && (
        <p className="mt-3 text-small text-text-3">The {SHOWN} newest.</p>
      )}
    </div>
  )
}

export function InvitationItem({ invitation }: { invitation: InvitationView }) {
  const now = useNow()
  const times = [
    ['Sent', invitation.sentAt],
    ['Delivered', invitation.deliveredAt],
    ['On the screen', invitation.viewedAt],
    ['Over', invitation.endedAt],
  ] as const
  return (
    <article>
      <p className="flex items-center justify-between gap-2">
        <InvitationStateView of={{ invitation }} />
        <span className="text-small text-text-3 tabular-nums">
          {whenWords(invitation.sentAt, now)}
        </span>
      </p>
      <p className="text-small text-text-3">
        {invitation.agentName} · {invitation.groupName}
      </p>
      <p className="mt-1 line-clamp-6 rounded-item bg-sunken px-2.5 py-1.5 text-small break-words whitespace-pre-wrap select-text">
        {invitation.text}
      </p>
      <p className="mt-1 flex flex-wrap gap-x-2.5 text-[11.5px] text-text-3 tabular-nums">
        {times.map(
          ([word, at]) =>
            at !== undefined && (
              <span key={word}>
                {word} {secondsOf(at)}
              </span>
            ),
        )}
      </p>
    </article>
  )
}

const SECONDS = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const secondsOf = (at: number): string => SECONDS.format(at)
