import type { SiteId, VisitRow } from '@beckon/protocol'
import { BadgeCheck } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { ColleaguesCell } from '../colleagues/colleague-marks.tsx'
import { cx } from '../parts/class-names.ts'
import { clockTime } from '../parts/durations.ts'
import { Flag } from '../parts/flag.tsx'
import { SiteSquare } from '../parts/site-square.tsx'
import { TagChip } from '../parts/tag-chip.tsx'
import { useNow } from '../server-clock.ts'
import { timeOfDay } from './clock-words.ts'
import type { ColumnId } from './columns.ts'
import { InvitationStateView } from './invitation-state.tsx'
import { reasonWords, STATUS_WORDS, StatusMark } from './status-mark.tsx'
import type { SiteFace } from './use-sites.ts'
import { countryName, hostOf, isNamed, languageName, pathOf, secondLine } from './visitor-words.ts'

export type CellContext = {
  compact: boolean
  sites: ReadonlyMap<SiteId, SiteFace>
  limits: ListLimits
}
/** The server's own times, which it says with the totals. */
export type ListLimits = { idleMs: number; removedMs: number }
export const SHIPPED_LIMITS: ListLimits = { idleMs: 15 * 60_000, removedMs: 60_000 }

type Cell = (row: VisitRow, context: CellContext) => ReactNode

const text = (value: string | undefined): ReactNode => (
  <span className="block truncate text-text-2" title={value}>
    {value}
  </span>
)

/** How each column draws a row. Everything that came from a visitor is a text node. */
export const CELLS: Readonly<Record<ColumnId, Cell>> = {
  status: (row) => (
    <span className="inline-flex items-center gap-1.5 text-text-2" title={reasonWords(row.reason)}>
      <StatusMark status={row.status} />
      {STATUS_WORDS[row.status]}
    </span>
  ),
  visitor: (row, { compact }) => (
    <TwoLines first={<VisitorName row={row} />} second={secondLine(row)} compact={compact} />
  ),
  page: (row, { compact, sites }) => <PageCell row={row} compact={compact} sites={sites} />,
  invitation: (row) => <InvitationStateView of={row} />,
  site: (row, { sites }) => {
    const site = sites.get(row.siteId)
    return (
      <span className="flex min-w-0 items-center gap-1.5 text-text-2">
        {site && <SiteSquare color={site.color} />}
        <span className="truncate">{site?.name}</span>
      </span>
    )
  },
  referrer: (row) => text(hostOf(row.referrer) || 'Direct'),
  search: (row) => text(row.searchPhrase),
  campaign: (row) => text(row.campaign),
  started: (row) => <span className="text-text-2">{timeOfDay(row.startedAt)}</span>,
  hits: (row) => <span className="text-text-2">{row.hits}</span>,
  duration: (row, { limits }) => <Duration row={row} limits={limits} />,
  idle: (row, { limits }) => <Idle row={row} limits={limits} />,
  country: (row, { compact }) => <Country row={row} compact={compact} />,
  city: (row) => text(row.city),
  region: (row) => text(row.region),
  language: (row) => text(languageName(row.language)),
  browser: (row) => text(row.browser),
  os: (row) => text(row.os),
  device: (row) => text(row.device),
  ip: (row) => text(row.ip),
  hostname: (row) => text(row.hostname),
  landing: (row) => text(pathOf(row.landingUrl)),
  visits: (row) => <span className="text-text-2">{row.visitNumber - 1}</span>,
  chats: (row) => <span className="text-text-2">{row.previousChats ?? 0}</span>,
  colleagues: (row) => <ColleaguesCell visitId={row.id} />,
  tags: (row) => (
    <span className="flex min-w-0 gap-1" title={row.tags?.map(({ name }) => name).join(', ')}>
      {row.tags?.map((tag) => (
        <TagChip key={tag.name} tag={tag} small />
      ))}
    </span>
  ),
}

export function VisitorName({ row }: { row: Pick<VisitRow, 'who'> }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span
        className={cx('truncate', isNamed(row) ? 'font-medium text-text' : 'text-text-2')}
        title={row.who.text}
      >
        {row.who.text}
      </span>
      {row.who.verified && <Verified />}
    </span>
  )
}

export const Verified = () => (
  <BadgeCheck size={14} role="img" aria-label="Verified" className="text-accent-text" />
)

function PageCell({ row, compact, sites }: { row: VisitRow } & Omit<CellContext, 'limits'>) {
  const path = pathOf(row.url)
  const title = row.title || path
  const site = sites.get(row.siteId)
  return (
    <TwoLines
      first={
        <span className="flex min-w-0 items-center gap-2">
          {compact && site && <SiteSquare color={site.color} />}
          <PageTitle title={title} url={row.url} />
        </span>
      }
      second={path}
      compact={compact}
    />
  )
}

/** A new title cross-fades once: the key makes it a new element. One that was scrolled to is just there. */
function PageTitle({ title, url }: { title: string; url: string }) {
  const first = useRef(title)
  return (
    <span
      key={title}
      className={cx(title !== first.current && 'animate-fade', 'truncate')}
      title={`${title}\n${url}`}
    >
      {title}
    </span>
  )
}

function TwoLines({
  first,
  second,
  compact,
}: {
  first: ReactNode
  second: string
  compact: boolean
}) {
  if (compact) return <span className="block min-w-0">{first}</span>
  return (
    <span className="block min-w-0 leading-[17px]">
      {first}
      <span className="block truncate text-[11.5px] leading-[15px] text-text-3" title={second}>
        {second}
      </span>
    </span>
  )
}

// The row of a removed visit stands for a while; its clocks stopped when it was removed.
const endOf = (row: VisitRow, { removedMs }: ListLimits): number | undefined =>
  row.status === 'removed' && row.goneAt !== undefined ? row.goneAt - removedMs : undefined

type Clock = { row: VisitRow; limits?: ListLimits }

export function Duration({ row, limits = SHIPPED_LIMITS }: Clock) {
  const now = useNow()
  return clockTime((endOf(row, limits) ?? now) - row.startedAt)
}

/** Amber from two thirds of the limit: the row may soon leave. */
function Idle({ row, limits = SHIPPED_LIMITS }: Clock) {
  const now = useNow()
  const idle = Math.max(0, (endOf(row, limits) ?? now) - row.navigatedAt)
  const nearly = idle >= (limits.idleMs * 2) / 3
  return (
    <span className={nearly && row.status !== 'removed' ? 'text-amber-text' : 'text-text-2'}>
      {clockTime(idle)}
    </span>
  )
}

function Country({ row, compact }: { row: VisitRow; compact: boolean }) {
  const name = countryName(row.country)
  return (
    <span
      className="flex min-w-0 items-center gap-2 text-text-2"
      title={[row.city, name].filter(Boolean).join(', ')}
    >
      <Flag country={row.country} />
      <span className="truncate">
        {name}
        {compact && row.city && <span className="text-text-3"> · {row.city}</span>}
      </span>
    </span>
  )
}
