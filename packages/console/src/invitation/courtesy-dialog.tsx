import type { PastInvitation } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { timeOfDay } from '../parts/durations.ts'
import { meQuery } from '../queries.ts'
import { useNow } from '../server-clock.ts'
import { invitationMark } from '../whos-on/invitation-mark.ts'
import { MarkIcon } from '../whos-on/invitation-state.tsx'
import { askedBefore, dayWords } from './courtesy-words.ts'
import type { Recipient } from './recipients.ts'

type CourtesyDialogProps = {
  /** Those whose last answer was no, or none. */
  asking: readonly Recipient[]
  /** There are others the invitation goes to as well. */
  several: boolean
  onAgain: () => void
  onNotNow: () => void
  onClose: () => void
}

const MOST_SHOWN = 5

/** Before a second invitation to somebody who did not want the first (W12, UI §5.5). */
export function CourtesyDialog(props: CourtesyDialogProps) {
  const { asking, several, onAgain, onNotNow, onClose } = props
  const now = useNow()
  const notNow = useRef<HTMLButtonElement>(null)
  const [only] = asking
  const one = asking.length === 1
  return (
    <Dialog
      alert
      open
      title={one ? `Invite ${only?.name} again?` : `Invite ${asking.length} of them again?`}
      description={askedBefore(
        asking.map(({ values }) => values?.past ?? []),
        now,
      )}
      onOpenChange={(open) => !open && onClose()}
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        notNow.current?.focus()
      }}
      foot={
        <>
          <Button onClick={onAgain}>Invite again</Button>
          <Button ref={notNow} variant="primary" onClick={onNotNow}>
            {several ? (one ? 'Leave them out' : `Leave ${asking.length} out`) : 'Not now'}
          </Button>
        </>
      }
    >
      <div className="max-h-72 overflow-y-auto rounded-input bg-canvas">
        {asking.map(({ visitId, name, values }) => (
          <section key={visitId} aria-label={name}>
            {!one && <h3 className="px-3 pt-2 font-medium">{name}</h3>}
            <ul>
              {(values?.past ?? []).slice(0, one ? MOST_SHOWN : 1).map((past) => (
                <Past key={past.id} past={past} now={now} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Past({ past, now }: { past: PastInvitation; now: number }) {
  const { data: me } = useQuery(meQuery)
  const mark = invitationMark({ invitation: past }, now)
  const who = me?.agent.id === past.agentId ? 'You' : past.agentName
  return (
    <li className="px-3 py-2">
      <p className="flex items-center gap-2">
        {mark && (
          <>
            <MarkIcon mark={mark} />
            <span className="flex-1 font-medium">{mark.word}</span>
          </>
        )}
        <span className="text-small text-text-3">
          {who}, {dayWords(past.sentAt, now) ?? timeOfDay(past.sentAt)}
        </span>
      </p>
      <p className="mt-0.5 line-clamp-2 ps-6 text-small break-words text-text-2" title={past.text}>
        {past.text}
      </p>
    </li>
  )
}
