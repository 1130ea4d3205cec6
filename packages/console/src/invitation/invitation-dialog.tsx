import type { AgentId, VisitRow } from '@beckon/protocol'
import { useAttention } from '../colleagues/use-colleagues.ts'
import { useTopic } from '../live/use-topic.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Empty } from '../parts/empty.tsx'
import { InvitationForm } from './invitation-form.tsx'

type InvitationDialogProps = {
  visit: Pick<VisitRow, 'id' | 'visitorId' | 'who'>
  agentId: AgentId
  onClose: () => void
}

/** “Live Chat Invitation” over the list (S17, UI §5.5). Closing keeps what was written. */
export function InvitationDialog({ visit, agentId, onClose }: InvitationDialogProps) {
  const { state, refused } = useTopic<'values'>({ topic: 'values', visitId: visit.id })
  useAttention('writing', [visit.id])
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
        {state && !(refused && refused.code !== 'not_found') ? (
          <InvitationForm
            values={state}
            visitorId={visit.visitorId}
            agentId={agentId}
            gone={refused !== undefined}
            onClose={onClose}
          />
        ) : refused ? (
          <Empty fact={`${visit.who.text} cannot be invited`} next={refused.message} />
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
