import type { VisitRow } from '@beckon/protocol'
import {
  CheckCheck,
  CircleSlash,
  Clock,
  Hourglass,
  MessageCircleReply,
  MessagesSquare,
  Moon,
  PencilLine,
  Send,
  TriangleAlert,
  Undo2,
} from 'lucide-react'
import { Ring } from '../parts/ring.tsx'
import { useNow } from '../server-clock.ts'
import { type Hue, type InvitationMark, invitationMark } from './invitation-mark.ts'

const ICONS = {
  sent: Send,
  delivered: CheckCheck,
  typing: PencilLine,
  accepted: MessageCircleReply,
  declined: CircleSlash,
  ignored: Moon,
  withdrawn: Undo2,
  expired: Hourglass,
  failed: TriangleAlert,
  queued: Clock,
  chat: MessagesSquare,
}

const INKS: Record<Hue, string> = {
  green: 'text-green-text',
  amber: 'text-amber-text',
  red: 'text-red-text',
  violet: 'text-violet-text',
  sky: 'text-sky-text',
  gray: 'text-gray-text',
}

/** Where an invitation or chat stands, with its clock running (UI §2.2). */
export function InvitationStateView({
  of,
  title = true,
}: {
  of: Pick<VisitRow, 'invitation' | 'chat'>
  title?: boolean
}) {
  const now = useNow()
  const mark = invitationMark(of, now)
  if (!mark) return null
  return (
    <span
      className="inline-flex max-w-full min-w-0 items-center gap-1.5 align-middle"
      title={title ? mark.story : undefined}
    >
      <MarkIcon mark={mark} />
      <span className={`flex-none font-medium ${INKS[mark.hue]}`}>{mark.word}</span>
      {mark.live && <span className="truncate text-text-3 tabular-nums">{mark.live}</span>}
    </span>
  )
}

export function MarkIcon({ mark }: { mark: InvitationMark }) {
  if (mark.icon === 'viewed') return <Ring left={mark.left ?? 0} className="stroke-violet" />
  const Icon = ICONS[mark.icon]
  return <Icon size={14} aria-hidden className={INKS[mark.hue]} />
}
