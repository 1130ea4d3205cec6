import {
  type Condition,
  DEFAULT_SORT,
  EVERYONE,
  FILTER_FIELDS,
  FILTER_OPERATORS,
  type FilterField,
  type FilterOperator,
  LIMITS,
  SHIPPED_FILTERS,
  SORT_FIELDS,
  type Sort,
  type SortField,
  type VisitFilter,
  type VisitId,
} from '@beckon/protocol'

/** What the Who's On screen shows, all of it in the URL: Copy link gives a colleague the same picture. */
export type View = {
  face: 'list' | 'map'
  filter: VisitFilter
  /** Id of the saved filter it is. Its conditions in the address are for those who do not have it. */
  named?: string | undefined
  /** The conditions are not those of the saved filter any more. */
  changed?: boolean | undefined
  sort: Sort
  visitId?: VisitId | undefined
}

export const FIRST_VIEW: View = { face: 'list', filter: EVERYONE, sort: DEFAULT_SORT }

/** The shipped filter a filter is, or undefined once a condition was added or taken away. */
export const shippedId = (filter: VisitFilter): string | undefined =>
  SHIPPED_FILTERS.find((shipped) => sameFilter(shipped.filter, filter))?.id

export const sameFilter = (a: VisitFilter, b: VisitFilter): boolean => filterKey(a) === filterKey(b)

/** `match` only means something from two conditions on, so it is no difference below that. */
export const filterKey = (filter: VisitFilter): string =>
  JSON.stringify([
    filter.conditions.length > 1 ? filter.match : 'all',
    filter.conditions.map(writeCondition),
    filter.bots ?? false,
  ])

export const filterOfSite = (siteId: string): VisitFilter => ({
  match: 'all',
  conditions: [{ field: 'site', op: 'is', value: siteId }],
})

/** As a query string without `?`; what is as shipped is left out, so a fresh list has a clean address. */
export function writeView(view: View): string {
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
  if (view.sort.by !== DEFAULT_SORT.by || view.sort.dir !== DEFAULT_SORT.dir) {
    query.set('sort', `${view.sort.by}-${view.sort.dir}`)
  }
  if (view.visitId) query.set('visit', view.visitId)
  return query.toString()
}

/** Reads what somebody may have typed: what is not understood is left out, never an error. */
export function readView(search: string): View {
  const query = new URLSearchParams(search)
  const visitId = query.get('visit')
  const named = query.get('filter')
  const saved = named && !isShipped(named) && /^[0-9A-Za-z_-]{8,64}$/.test(named)
  return {
    face: query.get('view') === 'map' ? 'map' : 'list',
    filter: readFilter(query),
    ...(saved && { named }),
    ...(saved && query.get('changed') === '1' && { changed: true }),
    sort: readSort(query.get('sort')),
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

function readSort(text: string | null): Sort {
  const [by, dir] = (text ?? '').split('-')
  if (!SORT_FIELDS.includes(by as SortField)) return DEFAULT_SORT
  return { by: by as SortField, dir: dir === 'asc' ? 'asc' : 'desc' }
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
