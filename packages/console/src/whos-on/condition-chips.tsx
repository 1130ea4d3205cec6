import { SHIPPED_FILTERS, type SiteId, type VisitFilter } from '@beckon/protocol'
import { Bot } from 'lucide-react'
import { Chip } from '../parts/chip.tsx'
import { conditionWords, withCondition, withoutCondition } from './condition-words.ts'
import { FilterForm } from './filter-form.tsx'
import type { SiteFace } from './use-sites.ts'
import { shippedId } from './view.ts'

type ConditionChipsProps = {
  filter: VisitFilter
  sites: ReadonlyMap<SiteId, SiteFace>
  onFilter: (filter: VisitFilter) => void
}

/** What the list is narrowed to, one chip a condition, and the way to add another. */
export function ConditionChips({ filter, sites, onFilter }: ConditionChipsProps) {
  const nameOfSite = (id: string) => sites.get(id as SiteId)?.name
  const shipped = SHIPPED_FILTERS.find(({ id }) => id === shippedId(filter))
  // Alternatives that belong together read better under their name than one by one.
  const asOne = shipped && filter.match === 'any' ? shipped : undefined
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      {filter.bots && (
        <Chip
          field="Bots"
          onRemove={() => onFilter({ match: filter.match, conditions: filter.conditions })}
        />
      )}
      {asOne ? (
        <Chip field={asOne.name} onRemove={() => onFilter({ match: 'all', conditions: [] })} />
      ) : (
        filter.conditions.map((condition, index) => {
          const { field, op, value } = conditionWords(condition, nameOfSite)
          return (
            <Chip
              key={`${field} ${op} ${value}`}
              field={field}
              operator={op}
              value={value}
              off={condition.off ?? false}
              onEdit={() => onFilter(toggledOff(filter, index))}
              onRemove={() => onFilter(withoutCondition(filter, index))}
            />
          )
        })
      )}
      <FilterForm
        sites={sites}
        onApply={(condition) =>
          onFilter(withCondition(asOne ? { match: 'all', conditions: [] } : filter, condition))
        }
      />
    </div>
  )
}

/** A click on a chip switches its condition off and on. */
const toggledOff = (filter: VisitFilter, index: number): VisitFilter => ({
  ...filter,
  conditions: filter.conditions.map((condition, at) => {
    if (at !== index) return condition
    const { off, ...rest } = condition
    return off ? rest : { ...rest, off: true }
  }),
})

export const BotsNote = () => (
  <p className="flex flex-none items-center gap-2 border-b border-line bg-canvas px-5 py-1.5 text-small text-text-3">
    <Bot size={14} aria-hidden />
    These are programs, not people. They cannot be invited.
  </p>
)
