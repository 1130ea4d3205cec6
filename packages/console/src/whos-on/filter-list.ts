import {
  type FilterId,
  type FiltersState,
  type SavedFilter,
  SHIPPED_FILTERS,
  type VisitFilter,
} from '@beckon/protocol'

/** A filter as the side list shows it. */
export type FilterEntry = {
  /** Of the saved filter, or of the shipped one. */
  id: string
  name: string
  filter: VisitFilter
  /** Of the shipped filter that it is, or whose place it takes. */
  shipped?: string
  saved?: SavedFilter
}
export type FilterList = {
  shipped: FilterEntry[]
  shared: FilterEntry[]
  mine: FilterEntry[]
  hidden: FilterEntry[]
}
export type Arrangement = Pick<FiltersState, 'hidden' | 'order'>

/** The one that is always there: the way back from everything else. */
export const EVERYONE_ID = 'everyone'

/** Shipped filters, or what stands for them, then shared ones and own ones, each in the agent’s order. */
export function filterList(state: FiltersState | undefined): FilterList {
  const saved = Object.values<SavedFilter>(state?.filters ?? {}).sort((a, b) =>
    a.name.localeCompare(b.name),
  )
  const { hidden = [], order = [] } = state ?? {}
  const shipped = SHIPPED_FILTERS.map(({ id, name, filter }): FilterEntry => {
    const instead = saved.find(({ standsFor }) => standsFor === id)
    return instead ? { ...entryOf(instead), shipped: id } : { id, name, filter, shipped: id }
  })
  const others = saved.filter(({ standsFor }) => standsFor === undefined).map(entryOf)
  const isHidden = ({ id, shipped: of = id }: FilterEntry) =>
    of !== EVERYONE_ID && (hidden.includes(id) || hidden.includes(of))
  const place = ({ id, shipped: of = id }: FilterEntry) => {
    const at = order.indexOf(of)
    return of === EVERYONE_ID ? -1 : at < 0 ? order.length : at
  }
  const shown = (entries: FilterEntry[]) =>
    entries.filter((entry) => !isHidden(entry)).sort((a, b) => place(a) - place(b))
  return {
    shipped: shown(shipped),
    shared: shown(others.filter((entry) => entry.saved?.shared)),
    mine: shown(others.filter((entry) => !entry.saved?.shared)),
    hidden: [...shipped, ...others].filter(isHidden),
  }
}

const entryOf = (saved: SavedFilter): FilterEntry => ({
  id: saved.id,
  name: saved.name,
  filter: saved.filter,
  saved,
})

/** Shipped filters keep one name in an arrangement, edited or not. */
const arrangedAs = ({ id, shipped }: FilterEntry): string => shipped ?? id

export const withHidden = (now: Arrangement, entry: FilterEntry): Arrangement => ({
  hidden: [...now.hidden, arrangedAs(entry)],
  order: now.order,
})
export const withShown = (now: Arrangement, entry: FilterEntry): Arrangement => ({
  hidden: now.hidden.filter((id) => id !== entry.id && id !== arrangedAs(entry)),
  order: now.order,
})

/** The arrangement after an entry went one place up or down in its section; undefined at the end. */
export function moved(
  list: FilterList,
  now: Arrangement,
  entry: FilterEntry,
  by: 1 | -1,
): Arrangement | undefined {
  const section = [list.shipped, list.shared, list.mine].find((one) => one.includes(entry)) ?? []
  const at = section.indexOf(entry)
  const other = section[at + by]
  if (!other || other.id === EVERYONE_ID || entry.id === EVERYONE_ID) return undefined
  const swapped = section.with(at, other).with(at + by, entry)
  const replaced = new Map<FilterEntry[], FilterEntry[]>([[section, swapped]])
  const order = [list.shipped, list.shared, list.mine]
    .flatMap((one) => replaced.get(one) ?? one)
    .map(arrangedAs)
    .filter((id) => id !== EVERYONE_ID)
  return { hidden: now.hidden, order }
}

export const findSaved = (state: FiltersState | undefined, id: string | undefined) =>
  id === undefined ? undefined : state?.filters[id as FilterId]
