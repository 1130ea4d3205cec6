import type { InvitationCounts } from '@beckon/protocol'
import { CheckCheck, Eye, MessageCircleReply, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { Tooltip } from '../parts/tooltip.tsx'
import { ENOUGH, endsOf, funnelOf, percent, type Step } from './funnel.ts'

/** Sent → delivered → viewed → accepted; under each what was lost. */
export function FunnelPicture({ counts }: { counts: InvitationCounts }) {
  const steps = funnelOf(counts)
  const most = Math.max(1, counts.sent)
  return (
    <section aria-label="Invitation funnel" className="rounded-sheet bg-surface p-5 shadow-sheet">
      <h2 className="mb-4 text-[15px] font-semibold">Invitation funnel</h2>
      <ol className="grid grid-cols-4 gap-x-6 gap-y-6 max-md:grid-cols-2">
        {steps.map((step, index) => (
          <li key={step.id} className="flex min-w-0 flex-col">
            <Tooltip text={MEANINGS[step.id]} side="top">
              <button
                type="button"
                className={`flex w-fit items-center gap-1.5 rounded-chip font-medium ${INKS[step.id]}`}
              >
                {ICONS[step.id]}
                {NAMES[step.id]}
              </button>
            </Tooltip>
            <p className="text-figure font-semibold tabular-nums">{step.count}</p>
            <p className="h-[18px] text-small text-text-2 tabular-nums">
              {shareWords(step, steps[index - 1])}
            </p>
            <Bar step={step} next={steps[index + 1]} most={most} />
            <p className="mt-2 font-medium tabular-nums">{lostWords(step, counts)}</p>
            <p className="text-small text-text-2">{endWords(step, counts)}</p>
          </li>
        ))}
      </ol>
      <Ends counts={counts} />
    </section>
  )
}

const NAMES = { sent: 'Sent', delivered: 'Delivered', viewed: 'Viewed', accepted: 'Accepted' }
const INKS = {
  sent: 'text-sky-text',
  delivered: 'text-sky-text',
  viewed: 'text-violet-text',
  accepted: 'text-green-text',
}
const FILLS = {
  sent: 'fill-(--funnel-1)',
  delivered: 'fill-(--funnel-2)',
  viewed: 'fill-(--funnel-3)',
  accepted: 'fill-green',
}
const ICONS: Record<Step['id'], ReactNode> = {
  sent: <Send size={14} aria-hidden />,
  delivered: <CheckCheck size={15} aria-hidden />,
  viewed: <Eye size={15} aria-hidden />,
  accepted: <MessageCircleReply size={14} aria-hidden />,
}
const MEANINGS = {
  sent: 'Invitations agents sent in this time, whatever became of them.',
  delivered: 'The visitor’s page confirmed that it has the invitation.',
  viewed: 'It was on the screen of a visible page.',
  accepted: 'The visitor replied, and a chat began.',
}

const WIDTH = 240
const HEIGHT = 96
const BODY = 150

/** A bar as high as its share of all sent, flowing into the next. */
function Bar({ step, next, most }: { step: Step; next: Step | undefined; most: number }) {
  const height = (count: number) => (count === 0 ? 1 : Math.max(3, (count / most) * HEIGHT))
  const own = HEIGHT - height(step.count)
  const theirs = HEIGHT - height(next?.count ?? 0)
  const middle = (BODY + WIDTH) / 2
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
      className="mt-3 -mr-6 h-24 w-[calc(100%+24px)] max-md:mr-0 max-md:w-full"
    >
      {next && (
        <path
          className={`${FILLS[step.id]} opacity-15`}
          d={`M${BODY},${own} C${middle},${own} ${middle},${theirs} ${WIDTH},${theirs} L${WIDTH},${HEIGHT} L${BODY},${HEIGHT} Z`}
        />
      )}
      <rect className={FILLS[step.id]} x={0} y={own} width={BODY} height={HEIGHT - own} rx={4} />
    </svg>
  )
}

function shareWords(step: Step, before: Step | undefined): string {
  if (!before) return ''
  if (before.count < ENOUGH) return 'Too few to compare'
  return `${percent(step.share)} of ${NAMES[before.id].toLowerCase()}`
}

function lostWords(step: Step, counts: InvitationCounts): string {
  switch (step.id) {
    case 'sent':
      return `${step.lost} not delivered`
    case 'delivered':
      return `${step.lost} never on screen`
    case 'viewed':
      return `${step.lost} without a reply`
    default:
      return `${counts.accepted} ${counts.accepted === 1 ? 'chat' : 'chats'} begun`
  }
}

/** To which end states. Those that come before and after viewing alike are told once, below. */
const endWords = (step: Step, counts: InvitationCounts): string =>
  step.id === 'viewed'
    ? endsOf(counts)
        .filter(({ id }) => id === 'ignored' || id === 'declined')
        .map(({ count, words }) => `${count} ${words}`)
        .join(' · ')
    : ''

/** What became of all that were sent; the figures add up (I20). */
function Ends({ counts }: { counts: InvitationCounts }) {
  const ends = endsOf(counts)
  if (ends.length === 0) return null
  return (
    <p className="mt-5 border-t border-line pt-3.5 text-text-2 tabular-nums">
      What became of {counts.sent === 1 ? 'it' : `all ${counts.sent.toLocaleString('en')}`}:{' '}
      {ends.map(({ id, count, words }, index) => (
        <span key={id}>
          {index > 0 && ' · '}
          <b className="font-semibold text-text">{count.toLocaleString('en')}</b> {words}
        </span>
      ))}
    </p>
  )
}
