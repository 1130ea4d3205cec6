import type { SavedFilter } from '@beckon/protocol'
import { Button } from '../parts/button.tsx'
import { timeOfDay } from './clock-words.ts'
import type { Sites } from './condition-fields.ts'
import { sentenceOf } from './condition-words.ts'

type FilterConflictProps = {
  theirs: SavedFilter
  sites: Sites
  onMine: () => void
  onTheirs: () => void
}

/** Somebody else saved the same filter first: what they made of it, and what now. */
export function FilterConflict({ theirs, sites, onMine, onTheirs }: FilterConflictProps) {
  const { conditions, match } = theirs.filter
  const joined = conditions
    .filter(({ off }) => !off)
    .map((condition) => sentenceOf(condition, sites))
    .join(match === 'any' ? ' or ' : ', ')
  return (
    <div
      role="alert"
      className="flex flex-col gap-2 rounded-item bg-amber-soft p-3 text-amber-text"
    >
      <p>
        {theirs.changedByName} changed this filter at {timeOfDay(theirs.changedAt)}. Nothing of
        yours is saved or lost.
      </p>
      <p className="text-small">
        Now it is “{theirs.name}”: {joined || 'everyone'}.
      </p>
      <span className="flex flex-wrap gap-2">
        <Button size={26} onClick={onMine}>
          Go on with mine
        </Button>
        <Button size={26} onClick={onTheirs}>
          Take theirs
        </Button>
      </span>
    </div>
  )
}
