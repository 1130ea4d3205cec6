import { FilterX } from 'lucide-react'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'

/** The address names a filter that is not there, and nothing else to go by. */
export const FilterMissing = ({ onShowAll }: { onShowAll: () => void }) => (
  <Empty
    drawing={<FilterX size={40} strokeWidth={1.2} />}
    fact="This filter is not there"
    next="It was deleted, or it is not shared with you."
    actions={<Button onClick={onShowAll}>Show all</Button>}
  />
)

/** The same, where the address still has the conditions. */
export const FilterMissingNote = ({ onDrop }: { onDrop: () => void }) => (
  <p className="flex flex-none items-center gap-2 border-b border-line bg-canvas px-5 py-1.5 text-small text-text-2">
    <FilterX size={14} aria-hidden />
    The filter in this link was deleted, or is not shared with you. These are its conditions.
    <button type="button" className="text-accent-text hover:underline" onClick={onDrop}>
      Hide this
    </button>
  </p>
)
