import { type FiltersState, type SavedFilter, SHIPPED_FILTERS } from '@beckon/protocol'
import { type FilterEntry, findSaved } from './filter-list.ts'
import { sameFilter, shippedId, type View } from './view.ts'

/** The view in the address as it is to be shown, now that it is known which filters there are. */
export type ShownView = {
  view: View
  saved?: SavedFilter
  /** The address names a saved filter that this agent does not have. */
  missing: boolean
  /** Which filters there are is not known yet, and this view depends on it. */
  looking: boolean
}

export function shownView(view: View, filters: FiltersState | undefined): ShownView {
  const plain = { view, missing: false, looking: false }
  if (!view.named) return plain
  if (!filters) return { ...plain, looking: view.filter.conditions.length === 0 }
  const saved = findSaved(filters, view.named)
  if (!saved) return { ...plain, missing: true }
  if (view.changed && !sameFilter(view.filter, saved.filter)) return { ...plain, saved }
  return { ...plain, saved, view: { ...view, filter: saved.filter, changed: undefined } }
}

/** Whether an entry of the side list is what is shown. */
export const isShown = (entry: FilterEntry, { view }: ShownView): boolean =>
  view.named
    ? entry.id === view.named && !view.changed
    : entry.saved === undefined && entry.id === shippedId(view.filter)

/** What the filter in force is called; undefined for conditions without a name. */
export const nameShown = ({ view, saved }: ShownView): string | undefined =>
  view.named
    ? view.changed
      ? undefined
      : saved?.name
    : SHIPPED_FILTERS.find(({ id }) => id === shippedId(view.filter))?.name
