import type { CountsState, VisitFilter } from '@beckon/protocol'
import { EVERYONE } from '@beckon/protocol'
import { Bot, MessagesSquare, Send } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { cx } from '../parts/class-names.ts'
import { SideEntry } from './side-entry.tsx'
import { Sparkline } from './sparkline.tsx'
import { StatusMark } from './status-mark.tsx'
import { sameFilter } from './view.ts'

const ACTIVE: VisitFilter = {
  match: 'all',
  conditions: [{ field: 'status', op: 'is', value: 'active' }],
}
const PENDING: VisitFilter = {
  match: 'all',
  conditions: [{ field: 'status', op: 'is', value: 'pending' }],
}
const IN_CHAT: VisitFilter = { match: 'all', conditions: [{ field: 'chat', op: 'not_empty' }] }
const INVITED: VisitFilter = {
  match: 'all',
  conditions: [{ field: 'invitation', op: 'in', value: 'sent,delivered,viewed' }],
}
export const BOTS: VisitFilter = { match: 'all', conditions: [], bots: true }

export const botsWords = (count: number, { bots }: VisitFilter): string =>
  `${count === 1 ? 'bot' : 'bots'} ${bots ? 'shown' : 'hidden'}`

type TotalsProps = {
  counts: CountsState | undefined
  filter: VisitFilter
  onFilter: (filter: VisitFilter) => void
}

/** Every total is a way to see just those. */
const totalsOf = (counts: CountsState, filter: VisitFilter) => ({
  online: { count: counts.online, words: 'online', wish: EVERYONE },
  active: { count: counts.active, words: 'active', wish: ACTIVE },
  pending: { count: counts.pending, words: 'pending', wish: PENDING },
  inChat: { count: counts.inChat, words: 'in chat', wish: IN_CHAT },
  invited: { count: counts.invited, words: 'invited', wish: INVITED },
  bots: {
    count: counts.bots,
    words: botsWords(counts.bots, filter),
    wish: filter.bots ? EVERYONE : BOTS,
  },
})

/** Exact totals (W3). What has no room here stands above the filters, which lie a press away there. */
export const Totals = memo(function Totals({ counts, filter, onFilter }: TotalsProps) {
  if (!counts) return <span className="h-2 w-40 rounded-full bg-sunken max-md:hidden" aria-hidden />
  const totals = totalsOf(counts, filter)
  const total = (name: keyof typeof totals, className: string) => {
    const { count, words, wish } = totals[name]
    return (
      <Total
        count={count}
        words={words}
        on={sameFilter(filter, wish)}
        onClick={() => onFilter(wish)}
        className={className}
      />
    )
  }
  return (
    <div className="flex min-w-0 items-center gap-4 overflow-hidden">
      {total('online', 'max-md:hidden')}
      {counts.old && <Old {...counts.old} />}
      <Sparkline minutes={counts.minutes ?? []} online={counts.online} />
      {total('active', 'max-md:hidden')}
      {total('pending', 'max-lg:hidden')}
      <i className="h-4 w-px flex-none bg-line max-lg:hidden" />
      {total('inChat', 'max-lg:hidden')}
      {total('invited', 'max-lg:hidden')}
      <i className="h-4 w-px flex-none bg-line max-xl:hidden" />
      {total('bots', 'max-xl:hidden')}
    </div>
  )
})

/**
 * The same in the list of filters, where the top bar has no room for all of them. Who is online
 * stands there as “All visitors”.
 */
export function TotalEntries({ counts, filter, onFilter }: TotalsProps) {
  if (!counts) return null
  const { online: _, ...parts } = totalsOf(counts, filter)
  return Object.entries(parts).map(([name, { count, words, wish }]) => (
    <SideEntry
      key={name}
      icon={TOTAL_MARKS[name]}
      name={words.charAt(0).toUpperCase() + words.slice(1)}
      count={count}
      on={sameFilter(filter, wish)}
      onClick={() => onFilter(wish)}
    />
  ))
}

const TOTAL_MARKS: Readonly<Record<string, ReactNode>> = {
  active: <StatusMark status="active" />,
  pending: <StatusMark status="pending" />,
  inChat: <MessagesSquare size={15} aria-hidden />,
  invited: <Send size={15} aria-hidden />,
  bots: <Bot size={15} aria-hidden />,
}

/** On servers that this one cannot hear just now: true once, and marked. */
const Old = ({ count, asOf }: NonNullable<CountsState['old']>) => {
  const time = new Date(asOf).toLocaleTimeString('en', { timeStyle: 'short', hour12: false })
  return (
    <span
      className="flex-none whitespace-nowrap text-amber-text"
      title="These visitors are on another server that cannot be reached just now. Their rows stand still until it can."
    >
      {`${count.toLocaleString('en')} as of ${time}`}
    </span>
  )
}

type TotalProps = {
  count: number
  words: string
  on: boolean
  onClick: () => void
  className: string
}

const Total = ({ count, words, on, onClick, className }: TotalProps) => (
  <button
    type="button"
    onClick={onClick}
    aria-pressed={on}
    className={cx(
      'ring-inside flex-none rounded-chip px-0.5 whitespace-nowrap text-text-2 hover:text-accent-text hover:underline',
      className,
    )}
  >
    <b className="font-semibold text-text tabular-nums">{count.toLocaleString('en')}</b> {words}
  </button>
)
