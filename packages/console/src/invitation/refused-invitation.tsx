import type { ValuesState, VisitId } from '@beckon/protocol'
import { TriangleAlert } from 'lucide-react'
import { toast } from '../parts/toast-queue.ts'
import { calledInText } from '../whos-on/visitor-words.ts'
import type { Notice } from './invitation-notice.tsx'
import { noticeWords } from './notice-words.ts'

type Refused = { values: ValuesState; notice: Notice }

/** For an agent who closed the dialog before the answer came; an open one says it itself. */
export function tellRefused(refused: readonly Refused[], onSee: (visitId: VisitId) => void): void {
  const [first] = refused
  if (!first) return
  const { recipient, visitId } = first.values
  toast.show({
    text:
      refused.length === 1
        ? noticeWords(first.notice, calledInText(recipient, 'inside'))
        : `Not sent to ${refused.length} visitors`,
    second: 'Your text is kept as a draft.',
    icon: <TriangleAlert size={16} aria-hidden className="text-amber" />,
    action: { label: 'See it', onAct: () => onSee(visitId) },
  })
}
