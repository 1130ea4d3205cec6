import { type Static, Type } from 'typebox'
import { type BrandId, Id } from './ids.ts'
import { LIMITS } from './limits.ts'

export const FILTER_FIELDS = [
  'status',
  'site',
  'visitor',
  'name',
  'username',
  'email',
  'verified',
  'attribute',
  'tag',
  'title',
  'url',
  'viewed',
  'landing',
  'referrer',
  'search',
  'campaign',
  'country',
  'city',
  'region',
  'language',
  'browser',
  'os',
  'device',
  'ip',
  'hostname',
  'hits',
  'duration',
  'idle',
  'visits',
  'chats',
  'invitation',
  'chat',
  'place',
  'located',
] as const
export type FilterField = (typeof FILTER_FIELDS)[number]

export const FILTER_OPERATORS = [
  'is',
  'is_not',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'not_matches',
  'in',
  'not_in',
  'greater',
  'less',
  'between',
  'empty',
  'not_empty',
] as const
export type FilterOperator = (typeof FILTER_OPERATORS)[number]

const oneOf = <T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...values] }))

/**
 * One condition. Values are text: numbers as digits (seconds for duration and idle), `between` as
 * `from..to` with both ends included, lists with commas between, and in `matches` a `*` stands for
 * anything. `key` names the attribute of the field `attribute`.
 */
export const Condition = Type.Object(
  {
    field: oneOf(FILTER_FIELDS),
    key: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' })),
    op: oneOf(FILTER_OPERATORS),
    value: Type.Optional(Type.String({ maxLength: LIMITS.conditionCharacters })),
    off: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type Condition = Static<typeof Condition>

export const VisitFilter = Type.Object(
  {
    match: Type.Union([Type.Literal('all'), Type.Literal('any')]),
    conditions: Type.Array(Condition, { maxItems: LIMITS.conditions }),
    /** Show bots instead of people. */
    bots: Type.Optional(Type.Boolean()),
    /** Visitors of this brand alone. */
    brand: Type.Optional(Id<BrandId>()),
    /** What must hold besides, also where any of the conditions is enough: the place on a map, say. */
    and: Type.Optional(Type.Array(Condition, { maxItems: 3 })),
  },
  { additionalProperties: false },
)
export type VisitFilter = Static<typeof VisitFilter>

export const EVERYONE: VisitFilter = { match: 'all', conditions: [] }

/** Filters every agent has (W7). Names are what the side list's accessible names say. */
export const SHIPPED_FILTERS: readonly { id: string; name: string; filter: VisitFilter }[] = [
  { id: 'everyone', name: 'All visitors', filter: EVERYONE },
  {
    id: 'new',
    name: 'New visitors',
    filter: { match: 'all', conditions: [{ field: 'visits', op: 'is', value: '1' }] },
  },
  {
    id: 'returning',
    name: 'Returning',
    filter: { match: 'all', conditions: [{ field: 'visits', op: 'greater', value: '1' }] },
  },
  {
    id: 'long',
    name: 'On the site > 3 min',
    filter: { match: 'all', conditions: [{ field: 'duration', op: 'greater', value: '180' }] },
  },
  {
    id: 'pricing',
    name: 'Viewed pricing or cart',
    filter: {
      match: 'any',
      conditions: [
        { field: 'viewed', op: 'contains', value: 'pric' },
        { field: 'viewed', op: 'contains', value: 'cart' },
        { field: 'viewed', op: 'contains', value: 'basket' },
        { field: 'viewed', op: 'contains', value: 'checkout' },
      ],
    },
  },
  {
    id: 'search',
    name: 'From a search engine',
    filter: { match: 'all', conditions: [{ field: 'search', op: 'not_empty' }] },
  },
  {
    id: 'idle',
    name: 'Idle',
    filter: { match: 'all', conditions: [{ field: 'idle', op: 'greater', value: '300' }] },
  },
]

export const SORT_FIELDS = [
  'status',
  'visitor',
  'title',
  'site',
  'referrer',
  'invitation',
  'started',
  'hits',
  'duration',
  'idle',
  'country',
  'city',
  'browser',
  'search',
  'campaign',
  'landing',
  'region',
  'language',
  'os',
  'device',
  'ip',
  'hostname',
  'visits',
  'chats',
  'tags',
] as const
export type SortField = (typeof SORT_FIELDS)[number]

export const Sort = Type.Object(
  { by: oneOf(SORT_FIELDS), dir: Type.Union([Type.Literal('asc'), Type.Literal('desc')]) },
  { additionalProperties: false },
)
export type Sort = Static<typeof Sort>

/** Newest first, as the list ships. */
export const DEFAULT_SORT: Sort = { by: 'started', dir: 'desc' }

/** What the list can be put under headings by. */
export const GROUPINGS = ['site', 'status', 'country'] as const
export type Grouping = (typeof GROUPINGS)[number]
export const GroupBy = oneOf(GROUPINGS)
