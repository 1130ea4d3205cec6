import type { InvitationView, PastInvitation } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../parts/button.tsx'
import { shortAge } from '../parts/durations.ts'
import { meQuery } from '../queries.ts'
import { useNow } from '../server-clock.ts'
import { invitationMark } from '../whos-on/invitation-mark.ts'
import { MarkIcon } from '../whos-on/invitation-state.tsx'

/** What stands in the way of sending, or was new when it was tried. */
export type Notice =
  /** With `triedAt`, somebody was first while this agent pressed Send. */
  | { kind: 'invited'; invitation: InvitationView; triedAt?: number }
  | { kind: 'in_chat'; chatId: string }
  | { kind: 'gone' }
  | { kind: 'away'; who: string }
  | { kind: 'stale' }
  /** Declined or ignored meanwhile: the dialog asks first. */
  | { kind: 'before'; past: readonly PastInvitation[] }
  | { kind: 'refused'; message: string }

type InvitationNoticeProps = {
  notice: Notice | undefined
  onReplace: () => void
  onOpenChat: (chatId: string) => void
  onClose: () => void
}

/** The amber line at the top of the dialog. */
export function InvitationNotice({
  notice,
  onReplace,
  onOpenChat,
  onClose,
}: InvitationNoticeProps) {
  if (!notice) return null
  return (
    <div
      role="alert"
      className="flex flex-none items-start gap-2.5 rounded-input bg-amber-soft px-3 py-2.5 text-amber-text"
    >
      <CircleAlert size={16} className="mt-0.5" aria-hidden />
      <div className="min-w-0 flex-1">{words({ notice, onReplace, onOpenChat, onClose })}</div>
    </div>
  )
}

function words(props: InvitationNoticeProps & { notice: Notice }): ReactNode {
  const { notice } = props
  switch (notice.kind) {
    case 'invited':
      return <Invited {...notice} {...props} />
    case 'in_chat':
      return (
        <>
          <p>This visitor is in a chat already.</p>
          <Button size={26} className="mt-2" onClick={() => props.onOpenChat(notice.chatId)}>
            Open chat
          </Button>
        </>
      )
    case 'gone':
      return 'The visitor has left. Your text is kept as a draft.'
    case 'away':
      return `${notice.who} has left the site. Sent now, it waits some minutes for them to come back.`
    case 'stale':
      return 'The visitor went on while you wrote, so the text has changed. This is the new preview; send it if it is right.'
    case 'before':
      return 'Not sent: the last invitation was declined or ignored meanwhile.'
    case 'refused':
      return `Not sent: ${notice.message}`
  }
}

type InvitedProps = InvitationNoticeProps & {
  invitation: InvitationView
  triedAt?: number
}

function Invited({ invitation, triedAt, onReplace, onClose }: InvitedProps) {
  const now = useNow()
  const { data: me } = useQuery(meQuery)
  const own = me?.agent.id === invitation.agentId
  const mark = invitationMark({ invitation }, now)
  return (
    <>
      <p>
        {triedAt !== undefined && 'Not sent: '}
        <b className="font-semibold">{own ? 'You' : invitation.agentName}</b> invited this visitor{' '}
        {sinceWords((triedAt ?? now) - invitation.sentAt, triedAt !== undefined)}. Your text is kept
        as a draft.
      </p>
      <blockquote className="mt-1.5 max-h-20 overflow-y-auto border-s-2 border-amber ps-2.5 text-small whitespace-pre-wrap text-text-2">
        {invitation.text}
      </blockquote>
      <p className="mt-1.5 flex flex-wrap items-center gap-2">
        {mark && (
          <span className="inline-flex flex-1 items-center gap-1.5 text-small">
            <MarkIcon mark={mark} /> {mark.word} {mark.live}
          </span>
        )}
        {me?.agent.roles.includes('manager') && (
          <Button size={26} onClick={onReplace}>
            Replace that invitation
          </Button>
        )}
        <Button size={26} onClick={onClose}>
          Close
        </Button>
      </p>
    </>
  )
}

function sinceWords(ms: number, before: boolean): string {
  const age = shortAge(ms)
  if (age === 'just now') return before ? 'just before you' : age
  return before ? `${age} before you` : `${age} ago`
}
