// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot be virtual and keep its columns; this is the ARIA grid pattern
// biome-ignore-all lint/a11y/useFocusableInteractive: the button inside is what is pressed
import type { Grouping, RowGroup, SiteId, VisitStatus } from '@beckon/protocol'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Flag } from '../parts/flag.tsx'
import { SiteSquare } from '../parts/site-square.tsx'
import { STATUS_WORDS, StatusMark } from './status-mark.tsx'
import type { SiteFace } from './use-sites.ts'
import { countryName } from './visitor-words.ts'

type GroupRowProps = {
  group: RowGroup
  by: Grouping
  folded: boolean
  sites: ReadonlyMap<SiteId, SiteFace>
  index: number
  columns: number
  top: number
  height: number
  onFold: (key: string) => void
}

/** As the totals count: whoever has left stands a moment longer, and counts only as Removed. */
const headsOf = ({ count, removed = 0 }: RowGroup, by: Grouping): number =>
  by === 'status' ? count : count - removed

/** A heading in the grouped list, with how many are on the site. */
export function GroupRow(props: GroupRowProps) {
  const { group, folded, top, height } = props
  const Chevron = folded ? ChevronRight : ChevronDown
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      className="absolute inset-x-0 border-b border-line bg-sunken"
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="gridcell" aria-colspan={props.columns} className="block h-full">
        <button
          type="button"
          aria-expanded={!folded}
          onClick={() => props.onFold(group.key)}
          className="ring-inside sticky start-0 flex h-full max-w-full items-center gap-2 px-3.5 text-small font-medium text-text hover:text-accent-text"
        >
          <Chevron size={14} aria-hidden className="text-text-3" />
          <Face {...props} />
          <span className="font-normal text-text-3 tabular-nums">
            {headsOf(group, props.by).toLocaleString('en')}
          </span>
        </button>
      </span>
    </div>
  )
}

function Face({
  group: { key },
  by,
  sites,
}: Pick<GroupRowProps, 'group' | 'by' | 'sites'>): ReactNode {
  if (by === 'site') {
    const site = sites.get(key as SiteId)
    return (
      <>
        {site && <SiteSquare color={site.color} />}
        <span className="truncate">{site?.name ?? 'A site that is gone'}</span>
      </>
    )
  }
  if (by === 'status') {
    return (
      <>
        <StatusMark status={key as VisitStatus} />
        {STATUS_WORDS[key as VisitStatus]}
      </>
    )
  }
  return (
    <>
      <Flag country={key || undefined} />
      <span className="truncate">{countryName(key) || 'Country not known'}</span>
    </>
  )
}
