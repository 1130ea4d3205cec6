import type { Condition, VisitFilter } from '@beckon/protocol'
import { BookmarkPlus, Bot } from 'lucide-react'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import type { Sites } from './condition-fields.ts'
import { conditionWords, sentenceOf, withCondition, withoutCondition } from './condition-words.ts'
import { FilterForm } from './filter-form.tsx'

type ConditionChipsProps = {
  filter: VisitFilter
  sites: Sites
  /** What the filter in force is called, while its conditions are as saved. */
  name: string | undefined
  /** The saved filter these conditions began from and differ from now. */
  changedFrom: string | undefined
  onFilter: (filter: VisitFilter) => void
  onClear: () => void
  /** Opens the builder with this filter. */
  onBuild: (how: 'saved' | 'new') => void
}

const ALONE: VisitFilter = { match: 'all', conditions: [] }

/** What the list is narrowed to, one chip a condition, and the way to add another. */
export function ConditionChips({
  filter,
  sites,
  name,
  changedFrom,
  onFilter,
  onClear,
  onBuild,
}: ConditionChipsProps) {
  const { conditions, match, bots } = filter
  const several = conditions.length > 1
  // Alternatives that belong together read better under their name than one by one.
  const asOne = match === 'any' && several ? name : undefined
  return (
    // Many of them take lines of their own; what stands at the end of the bar keeps its place.
    <div className="flex min-w-0 flex-wrap items-center gap-1.5 md:min-h-[30px] md:flex-1">
      {bots && <Chip field="Bots" onRemove={() => onFilter({ match, conditions })} />}
      {asOne !== undefined ? (
        <Chip field={asOne} onEdit={() => onBuild('saved')} onRemove={onClear} />
      ) : (
        <>
          {conditions.filter(({ off }) => !off).length > 1 && (
            <button
              type="button"
              title={
                match === 'all' ? 'Show those of whom any holds' : 'Show those of whom all hold'
              }
              className="h-[26px] rounded-button px-1.5 text-small text-text-3 hover:bg-hover hover:text-text"
              onClick={() => onFilter({ ...filter, match: match === 'all' ? 'any' : 'all' })}
            >
              {match === 'all' ? 'All of' : 'Any of'}
            </button>
          )}
          {conditions.map((condition, index) => (
            <ConditionChip
              // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice, and its place is what it is changed by
              key={`${index} ${sentenceOf(condition, sites)}`}
              condition={condition}
              sites={sites}
              withIt={(changed) => withCondition(filter, changed, index)}
              onApply={(changed) => onFilter(withCondition(filter, changed, index))}
              onRemove={() => onFilter(withoutCondition(filter, index))}
            />
          ))}
        </>
      )}
      <FilterForm
        sites={sites}
        withIt={(condition) => withCondition(asOne === undefined ? filter : ALONE, condition)}
        onApply={(condition) =>
          onFilter(withCondition(asOne === undefined ? filter : ALONE, condition))
        }
      />
      {conditions.length > 0 && name === undefined && (
        <>
          {changedFrom !== undefined && (
            <Button variant="ghost" size={26} onClick={() => onBuild('saved')}>
              Save “{changedFrom}”…
            </Button>
          )}
          <Button
            variant="ghost"
            size={26}
            icon={<BookmarkPlus size={14} aria-hidden />}
            onClick={() => onBuild('new')}
          >
            {changedFrom === undefined ? 'Save as filter…' : 'Save as new…'}
          </Button>
        </>
      )}
    </div>
  )
}

type ConditionChipProps = {
  condition: Condition
  sites: Sites
  withIt: (condition: Condition) => VisitFilter
  onApply: (condition: Condition) => void
  onRemove: () => void
}

/** A place on the map cannot be typed, so there is nothing to edit in it. */
function ConditionChip({ condition, sites, withIt, onApply, onRemove }: ConditionChipProps) {
  const { field, op, value } = conditionWords(condition, sites)
  const words = { field, operator: op, value, off: condition.off ?? false, onRemove }
  if (condition.field === 'place') return <Chip {...words} />
  return (
    <Chip
      {...words}
      editor={(trigger) => (
        <FilterForm
          trigger={trigger}
          condition={condition}
          sites={sites}
          withIt={withIt}
          onApply={onApply}
        />
      )}
    />
  )
}

export const BotsNote = () => (
  <p className="flex flex-none items-center gap-2 border-b border-line bg-canvas px-5 py-1.5 text-small text-text-3">
    <Bot size={14} aria-hidden />
    These are programs, not people. They cannot be invited.
  </p>
)
