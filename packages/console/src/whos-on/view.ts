import {
  type BrandId,
  type Condition,
  EVERYONE,
  FILTER_FIELDS,
  FILTER_OPERATORS,
  type FilterField,
  type FilterOperator,
  GROUPINGS,
  LIMITS,
  SHIPPED_FILTERS,
  SORT_FIELDS,
  type SortField,
  type VisitFilter,
  type VisitId,
} from '@beckon/protocol'
import { type Layout, readColumns, SHIPPED_LAYOUT, writeColumns } from './layout.ts'

/** What the Who's On screen shows, all of it in the URL: Copy link gives a colleague the same picture. */
export type View = {
  face: 'list' | 'map'
  filter: VisitFilter
  /** Id of the saved filter it is. Its conditions in the address are for those who do not have it. */
  named?: string | undefined
  /** The conditions are not those of the saved filter any more. */
  changed?: boolean | undefined
  layout: Layout
  /** Of one brand alone; of all that the agent sees where there is none. */
  brand?: BrandId | undefined
  visitId?: VisitId | undefined
}

export const FIRST_VIEW: View = { face: 'list', filter: EVERYONE, layout: SHIPPED_LAYOUT }

/** The shipped filter a filter is, or undefined once a condition was added or taken away. */
export const shippedId = (filter: VisitFilter): string | undefined =>
  SHIPPED_FILTERS.find((shipped) => sameFilter(shipped.filter, filter))?.id

export const sameFilter = (a: VisitFilter, b: VisitFilter): boolean => filterKey(a) === filterKey(b)

/** Also where one of them is switched off. */
export const sameCondition = (a: Condition, b: Condition): boolean =>
  writeCondition({ ...a, off: false }) === writeCondition({ ...b, off: false })

/** `match` only means something from two conditions on, so it is no difference below that. */
export const filterKey = (filter: VisitFilter): string =>
  JSON.stringify([
    filter.conditions.length > 1 ? filter.match : 'all',
    filter.conditions.map(writeCondition),
    filter.bots ?? false,
    filter.brand,
  ])

export const filterOfSite = (siteId: string): VisitFilter => ({
  match: 'all',
  conditions: [{ field: 'site', op: 'is', value: siteId }],
})

/**
 * As a query string without `?`. What is as shipped is left out, so a fresh list has a clean address;
 * but not where `own`, what this agent has otherwise, would be read in its place. A link for others
 * names everything: they have their own.
 */
export function writeView(view: View, own: Layout | 'all' = SHIPPED_LAYOUT): string {
  const query = new URLSearchParams()
  if (view.face === 'map') query.set('view', 'map')
  const shipped = view.named ? undefined : shippedId(view.filter)
  if (shipped && shipped !== 'everyone') query.set('filter', shipped)
  if (view.named) query.set('filter', view.named)
  if (view.named && view.changed) query.set('changed', '1')
  if (!shipped) {
    const conditions = view.filter.conditions.map(writeCondition)
    if (conditions.length > 0) query.set('where', conditions.join(BETWEEN))
    if (view.filter.match === 'any' && view.filter.conditions.length > 1) query.set('match', 'any')
    if (view.filter.bots) query.set('bots', '1')
  }
  const shownAs = writeLayout(view.layout)
  for (const [name, text] of Object.entries(shownAs)) {
    const same = (layout: Layout) => writeLayout(layout)[name as keyof typeof shownAs] === text
    if (own === 'all' || !same(SHIPPED_LAYOUT) || !same(own)) query.set(name, text)
  }
  if (view.brand) query.set('brand', view.brand)
  if (view.visitId) query.set('visit', view.visitId)
  return query.toString()
}

const writeLayout = ({ sort, group, density, ...columns }: Layout) => ({
  sort: `${sort.by}-${sort.dir}`,
  cols: writeColumns(columns),
  group: group ?? 'none',
  rows: density,
})

/**
 * Reads what somebody may have typed: what is not understood is left out, never an error. How the
 * list looks is the agent’s `own` where the address does not say.
 */
export function readView(search: string, own: Layout = SHIPPED_LAYOUT): View {
  const query = new URLSearchParams(search)
  const visitId = query.get('visit')
  const brand = query.get('brand')
  const named = query.get('filter')
  const saved = named && !isShipped(named) && /^[0-9A-Za-z_-]{8,64}$/.test(named)
  return {
    face: query.get('view') === 'map' ? 'map' : 'list',
    filter: readFilter(query),
    ...(saved && { named }),
    ...(saved && query.get('changed') === '1' && { changed: true }),
    layout: readLayout(query, own),
    ...(brand && /^[0-9A-Za-z_-]{8,64}$/.test(brand) && { brand: brand as BrandId }),
    ...(visitId && /^[0-9A-Za-z_-]{8,64}$/.test(visitId) && { visitId: visitId as VisitId }),
  }
}

const isShipped = (id: string): boolean => SHIPPED_FILTERS.some((shipped) => shipped.id === id)

function readFilter(query: URLSearchParams): VisitFilter {
  const shipped = SHIPPED_FILTERS.find(({ id }) => id === query.get('filter'))
  if (shipped) return shipped.filter
  const conditions = (query.get('where') ?? '')
    .split(BETWEEN)
    .map(readCondition)
    .filter((condition) => condition !== undefined)
    .slice(0, LIMITS.conditions)
  if (conditions.length === 0 && query.get('bots') !== '1') return EVERYONE
  return {
    match: query.get('match') === 'any' ? 'any' : 'all',
    conditions,
    ...(query.get('bots') === '1' && { bots: true }),
  }
}

function readLayout(query: URLSearchParams, own: Layout): Layout {
  const [by, dir] = (query.get('sort') ?? '').split('-')
  const cols = query.get('cols')
  const group = query.get('group')
  const rows = query.get('rows')
  return {
    ...(cols ? readColumns(cols) : { columns: own.columns, widths: own.widths }),
    sort: SORT_FIELDS.includes(by as SortField)
      ? { by: by as SortField, dir: dir === 'asc' ? 'asc' : 'desc' }
      : own.sort,
    group: GROUPINGS.find((one) => one === group) ?? (group === 'none' ? undefined : own.group),
    density: rows === 'compact' || rows === 'comfortable' ? rows : own.density,
  }
}

// One parameter for all of them: the router rewrites repeated ones. A value never holds a line break.
const BETWEEN = '\n'

// `field.op.value`, with the name of an attribute behind its field: fields and operators have no dots, so everything behind the second one is value.
const writeCondition = ({ field, key, op, value, off }: Condition): string =>
  `${off ? '!' : ''}${field}${key ? `:${key}` : ''}.${op}${value === undefined ? '' : `.${value.replaceAll(BETWEEN, ' ')}`}`

function readCondition(text: string): Condition | undefined {
  const [, off, field, key, op, , value] =
    /^(!?)([a-z]+)(?::([a-z][a-z0-9_]{0,39}))?\.([a-z_]+)(\.(.*))?$/s.exec(text) ?? []
  if (!FILTER_FIELDS.includes(field as FilterField)) return undefined
  if (!FILTER_OPERATORS.includes(op as FilterOperator)) return undefined
  return {
    field: field as FilterField,
    ...(key && { key }),
    op: op as FilterOperator,
    ...(value !== undefined && { value: value.slice(0, LIMITS.conditionCharacters) }),
    ...(off && { off: true }),
  }
}
