import type { Condition, VisitState } from '@beckon/protocol'
import { ListFilter } from 'lucide-react'
import { Fragment } from 'react'
import { Breakable } from '../../parts/breakable.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { SiteSquare } from '../../parts/site-square.tsx'
import { reasonWords, STATUS_WORDS, StatusMark } from '../status-mark.tsx'
import { useSites } from '../use-sites.ts'
import { type Fact, summaryFacts } from './summary-facts.ts'

type SummaryProps = {
  state: VisitState
  /** Absent beside a chat: there is no list to filter. */
  onFilterBy?: (condition: Condition) => void
}

/** Label and value, one fact a line; what is not known is left out. */
export function Summary({ state, onFilterBy }: SummaryProps) {
  const { row } = state
  const site = useSites().get(row.siteId)
  return (
    <dl className="grid grid-cols-[84px_1fr] gap-x-3 gap-y-1 px-4 py-3.5 text-small">
      <dt className="text-text-3">Status</dt>
      <dd className="flex min-h-[21px] items-center gap-1.5 text-text">
        <StatusMark status={row.status} />
        {STATUS_WORDS[row.status]}
      </dd>
      {row.status !== 'active' && row.reason && (
        <>
          <dt />
          <dd className="text-text">{reasonWords(row.reason)}</dd>
        </>
      )}
      {summaryFacts(state, site?.name).map((fact, index) => (
        // Attributes may carry any name, also one of ours: the place in the list tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Fragment key={`${fact.label} ${index}`}>
          <dt className="truncate text-text-3" title={fact.label}>
            {fact.label}
          </dt>
          <dd className="group/fact flex min-w-0 items-start justify-between gap-1 text-text">
            <span className="min-w-0 break-words select-text">
              {fact.label === 'Site' && site && (
                <span className="me-1.5 inline-block">
                  <SiteSquare color={site.color} />
                </span>
              )}
              <Breakable text={fact.value} />
            </span>
            {onFilterBy && fact.condition && (
              <FilterBy fact={fact} condition={fact.condition} onFilterBy={onFilterBy} />
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

type FilterByProps = {
  fact: Fact
  condition: Condition
  onFilterBy: (condition: Condition) => void
}

/** Shown where the pointer or the focus is: a column of signs would drown the values. */
const FilterBy = ({ fact, condition, onFilterBy }: FilterByProps) => (
  <IconButton
    label={`Filter by this: ${fact.label} ${fact.value}`}
    icon={<ListFilter size={13} aria-hidden />}
    className="-my-[3px] size-6! opacity-0 group-hover/fact:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
    onClick={() => onFilterBy(condition)}
  />
)
