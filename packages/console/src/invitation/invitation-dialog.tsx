import type { AgentId, VisitId } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useAttention } from '../colleagues/use-colleagues.ts'
import { useLasting } from '../live/use-freshness.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Empty } from '../parts/empty.tsx'
import { savedMessagesQuery } from '../saved-messages/saved-messages.ts'
import { CourtesyDialog } from './courtesy-dialog.tsx'
import { SEVERAL } from './drafts.ts'
import { InvitationForm } from './invitation-form.tsx'
import type { Outcome, Recipient } from './recipients.ts'
import { type Invited, useRecipients } from './use-recipients.ts'
import { useSending } from './use-sending.tsx'

type InvitationDialogProps = {
  /** Up to 25; the same list for as long as the dialog is open. */
  visits: readonly Invited[]
  agentId: AgentId
  onClose: () => void
}

/** “Live Chat Invitation” over the list (S17, UI §5.5). Closing keeps what was written. */
export function InvitationDialog({ visits, agentId, onClose }: InvitationDialogProps) {
  const all = useRecipients(visits)
  const [left, setLeft] = useState<readonly VisitId[]>([])
  const [agreed, setAgreed] = useState<readonly VisitId[]>([])
  const draftOf = useRef<string>(undefined)
  const sending = useSending()
  const recipients = all.filter(({ visitId }) => !left.includes(visitId))
  useAttention(
    'writing',
    recipients.map(({ visitId }) => visitId),
  )
  const saved = useQuery(savedMessagesQuery)
  const [only] = recipients
  const refused = recipients.length === 1 ? only?.refused : undefined
  const asking = recipients
    .filter(({ visitId }) => !agreed.includes(visitId))
    .map((recipient) => withNews(recipient, sending.outcomes.get(recipient.visitId)))
    .filter(({ values }) => values?.askFirst && !values.open)
  const ready = recipients.every(({ values, gone }) => values || gone) && !saved.isPending
  const waiting = !ready && refused === undefined
  const waitsLong = useLasting(waiting, 150)
  const leave = (ids: readonly VisitId[]) => {
    if (ids.length < recipients.length) setLeft([...left, ...ids])
    else onClose()
  }

  if (asking.length > 0) {
    const ids = asking.map(({ visitId }) => visitId)
    return (
      <CourtesyDialog
        asking={asking}
        several={recipients.length > 1}
        onAgain={() => {
          setAgreed([...agreed, ...ids])
          sending.forget()
        }}
        onNotNow={() => leave(ids)}
        onClose={onClose}
      />
    )
  }
  // Decided once: leaving somebody out, or asking in between, does not change whose draft it is.
  draftOf.current ??= recipients.length > 1 ? SEVERAL : (only?.visitorId ?? SEVERAL)
  // What is known in a moment decides which dialog comes: no frame flashes before the other one.
  if (waiting && !waitsLong) return null
  return (
    <Dialog
      title="Live Chat Invitation"
      open
      onOpenChange={(open) => !open && onClose()}
      size="w-[1000px] h-[728px]"
      // The message takes the focus, as soon as it is there.
      onOpenAutoFocus={(event) => event.preventDefault()}
    >
      <div className="-mx-5 -my-3 flex h-[calc(100%+24px)] flex-col border-t border-line">
        {refused !== undefined ? (
          <Empty fact={`${only?.name} cannot be invited`} next={refused} />
        ) : ready && recipients.some(({ values }) => values) ? (
          <InvitationForm
            recipients={recipients}
            draftOf={draftOf.current}
            sending={sending}
            agreed={agreed}
            agentId={agentId}
            saved={saved.data ?? []}
            onLeave={(id) => leave([id])}
            onClose={onClose}
          />
        ) : (
          <div className="flex flex-1" aria-busy="true">
            <div className="flex-1" />
            <div className="w-[400px] bg-canvas max-md:hidden" />
          </div>
        )}
      </div>
    </Dialog>
  )
}

/** The server may know of an answer to the last invitation that has not come here yet. */
function withNews(recipient: Recipient, outcome: Outcome | undefined): Recipient {
  const { values } = recipient
  if (!values || outcome?.kind !== 'not_sent' || outcome.notice.kind !== 'before') return recipient
  return { ...recipient, values: { ...values, past: [...outcome.notice.past], askFirst: true } }
}
