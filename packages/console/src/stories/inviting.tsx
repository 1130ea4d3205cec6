import {
  type AgentId,
  type Colleague,
  DEFAULT_STYLE,
  type PastInvitation,
  type ValuesState,
  type VisitId,
  type VisitorId,
} from '@beckon/protocol'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { ColleagueMarks } from '../colleagues/colleague-marks.tsx'
import { CourtesyDialog } from '../invitation/courtesy-dialog.tsx'
import { MessagePreview } from '../invitation/message-preview.tsx'
import { PreviewSteps } from '../invitation/preview-steps.tsx'
import { type Line, RecipientList } from '../invitation/recipient-list.tsx'
import type { Outcome, Recipient } from '../invitation/recipients.ts'
import { Button } from '../parts/button.tsx'
import { toast } from '../parts/toast-queue.ts'
import { SavedMessageForm } from '../saved-messages/saved-message-form.tsx'
import { SHOP, sampleInvitation } from './samples.ts'
import { Story } from './story.tsx'

const nothing = () => {}

/** Colleagues, several recipients, the preview, and what asks or tells around an invitation. */
export const Inviting = () => (
  <>
    <Story name="Colleagues at a visitor">
      {[1, 2, 5].map((count) => (
        <ColleagueMarks key={count} colleagues={COLLEAGUES.slice(0, count)} />
      ))}
    </Story>
    <Story name="Recipients">
      <div className="w-full max-w-[505px]">
        <RecipientList lines={LINES} at={1} onAt={nothing} onLeave={nothing} />
      </div>
      <PreviewSteps at={1} all={LINES.length} onAt={nothing} />
    </Story>
    <Story name="Message Preview">
      <div className="flex h-[560px] w-[402px] max-w-full">
        <MessagePreview
          values={VALUES}
          text={sampleInvitation('sent').text}
          groupName="Bike advice"
        />
      </div>
    </Story>
    <Dialogs />
  </>
)

function Dialogs() {
  const [open, setOpen] = useState<'one' | 'several' | 'saved'>()
  const close = () => setOpen(undefined)
  return (
    <Story name="Dialogs and toasts">
      <Button onClick={() => setOpen('one')}>Courtesy</Button>
      <Button onClick={() => setOpen('several')}>Courtesy, several</Button>
      <Button onClick={() => setOpen('saved')}>Saved message</Button>
      <Button
        onClick={() =>
          toast.show({
            text: 'Not sent: Priya invited Marta 3 s before you',
            second: 'Your text is kept as a draft.',
            icon: <TriangleAlert size={16} aria-hidden className="text-amber" />,
            action: { label: 'See it', onAct: nothing },
          })
        }
      >
        Refused
      </Button>
      {(open === 'one' || open === 'several') && (
        <CourtesyDialog
          asking={ASKED.slice(0, open === 'one' ? 1 : 2)}
          several={open === 'several'}
          onAgain={close}
          onNotNow={close}
          onClose={close}
        />
      )}
      {open === 'saved' && <SavedMessageForm message={undefined} text="Hello" onClose={close} />}
    </Story>
  )
}

const COLLEAGUES: readonly Colleague[] = ['Priya', 'Tomasz', 'Jonas', 'Mia', 'Otto'].map(
  (name, at) => ({
    key: name,
    visitId: 'visit' as VisitId,
    visitorId: 'visitor' as VisitorId,
    agentId: name as AgentId,
    name,
    doing: at === 1 ? 'writing' : 'looking',
    since: Date.now() - 20_000,
  }),
)

const past = (state: PastInvitation['state'], minutes: number): PastInvitation => {
  const at = Date.now() - minutes * 60_000
  return sampleInvitation(state, { sentAt: at - 90_000, endedAt: at })
}

const VALUES: ValuesState = {
  version: '1',
  visitId: 'visit' as VisitId,
  status: 'active',
  recipient: { rung: 'displayname', text: 'Marta Kowalczyk', verified: true },
  values: {},
  groups: [],
  siteName: 'Ridgeline Cycles',
  brandName: 'Ridgeline',
  pageUrl: 'https://shop.example/bikes/gravel/ridgeline-2/sizes',
  linkName: 'Shop button',
  style: { ...DEFAULT_STYLE, accent: '#1d5c47' },
  agent: { name: 'Ana', initials: 'AD', tint: 2 },
  past: [past('declined', 4), past('ignored', 3_000), past('accepted', 90_000)],
  askFirst: true,
  invitationSeconds: 120,
}

const recipient = (name: string): Recipient => ({
  visitId: name as VisitId,
  visitorId: name as VisitorId,
  name,
  audience: { siteId: SHOP, language: 'pl' },
  values: VALUES,
  gone: false,
})
const ASKED = ['lucas_m', 'Marta Kowalczyk'].map(recipient)

const line = (name: string, empty: string[], outcome?: Outcome): Line => ({
  recipient: recipient(name),
  rendered: { known: {}, text: '', empty, problem: undefined },
  outcome,
})
const LINES: readonly Line[] = [
  line('Marta Kowalczyk', [], { kind: 'sent' }),
  line('203.0.113.201', ['email']),
  line('Elif', [], {
    kind: 'not_sent',
    notice: { kind: 'invited', invitation: sampleInvitation('viewed'), triedAt: Date.now() },
  }),
  line('Donaudampfschifffahrtsgesellschaftskapitän', [], {
    kind: 'not_sent',
    notice: { kind: 'in_chat', chatId: 'chat' },
  }),
]
