import type { CountsState, VisitFilter } from '@beckon/protocol'
import { EVERYONE } from '@beckon/protocol'
import { cx } from '../parts/class-names.ts'
import { Sparkline } from './sparkline.tsx'
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

/** Exact totals (W3); each is a way to see just those. */
export function Totals({ counts, filter, onFilter }: TotalsProps) {
  if (!counts) return <span className="h-2 w-40 rounded-full bg-sunken max-md:hidden" aria-hidden />
  const total = (count: number, words: string, wish: VisitFilter, extra: string) => (
    <Total
      count={count}
      words={words}
      on={sameFilter(filter, wish)}
      onClick={() => onFilter(wish)}
      className={extra}
    />
  )
  return (
    <div className="flex min-w-0 items-center gap-4 overflow-hidden">
      {/* A phone has room for the title and the age; the line above the list says how many. */}
      {total(counts.online, 'online', EVERYONE, 'max-md:hidden')}
      {counts.old && <Old {...counts.old} />}
      <Sparkline minutes={counts.minutes ?? []} online={counts.online} />
      {total(counts.active, 'active', ACTIVE, 'max-md:hidden')}
      {total(counts.pending, 'pending', PENDING, 'max-lg:hidden')}
      <i className="h-4 w-px flex-none bg-line max-lg:hidden" />
      {total(counts.inChat, 'in chat', IN_CHAT, 'max-lg:hidden')}
      {total(counts.invited, 'invited', INVITED, 'max-lg:hidden')}
      <i className="h-4 w-px flex-none bg-line max-xl:hidden" />
      {total(
        counts.bots,
        botsWords(counts.bots, filter),
        filter.bots ? EVERYONE : BOTS,
        'max-xl:hidden',
      )}
    </div>
  )
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
