import type { CountsState, VisitFilter } from '@beckon/protocol'
import { ListFilter } from 'lucide-react'
import { TopBar } from '../frame/top-bar.tsx'
import type { Freshness } from '../live/freshness.ts'
import { FreshnessPill } from '../live/freshness-pill.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Totals } from './totals.tsx'

type WhosOnBarProps = {
  counts: CountsState | undefined
  filter: VisitFilter
  onFilter: (filter: VisitFilter) => void
  freshness: Freshness
  /** Where the side list has no place of its own it lies over the list. */
  sideOpen: boolean
  onSide: (open: boolean) => void
}

/** Who is on and how old that is, above list and map alike (W3). */
export const WhosOnBar = (props: WhosOnBarProps) => (
  <TopBar title="Who's On">
    <IconButton
      label="Filters and sites"
      icon={<ListFilter size={16} aria-hidden />}
      aria-expanded={props.sideOpen}
      className="-ms-2 xl:hidden"
      onClick={() => props.onSide(!props.sideOpen)}
    />
    <Totals counts={props.counts} filter={props.filter} onFilter={props.onFilter} />
    <FreshnessPill freshness={props.freshness} />
  </TopBar>
)
