import type { Condition, FilterField, FilterOperator, VisitFilter } from '@beckon/protocol'

/** What fields and operators are called on chips and in the filter form. */
export const FIELD_WORDS = {
  status: 'Status',
  site: 'Site',
  visitor: 'Visitor',
  email: 'Email',
  title: 'Page title',
  url: 'Current page',
  viewed: 'Viewed page',
  landing: 'Landing page',
  referrer: 'Came from',
  search: 'Search phrase',
  country: 'Country',
  city: 'City',
  region: 'Region',
  language: 'Language',
  browser: 'Browser',
  os: 'System',
  device: 'Device',
  ip: 'IP address',
  hits: 'Hits',
  duration: 'Duration',
  idle: 'Idle',
  visits: 'Visits',
  invitation: 'Invitation',
  chat: 'Chat',
  place: 'Place',
  located: 'Located',
} as const satisfies Record<FilterField, string>

export const OPERATOR_WORDS = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  starts_with: 'starts with',
  ends_with: 'ends with',
  in: 'is one of',
  greater: 'is more than',
  less: 'is less than',
  empty: 'is empty',
  not_empty: 'is known',
} as const satisfies Record<FilterOperator, string>

const TEXT_OPERATORS: readonly FilterOperator[] = [
  'contains',
  'is',
  'is_not',
  'starts_with',
  'ends_with',
  'in',
  'empty',
  'not_empty',
]
const NUMBER_OPERATORS: readonly FilterOperator[] = ['greater', 'less', 'is']
const CHOICE_OPERATORS: readonly FilterOperator[] = ['is', 'is_not']
const KNOWN_OPERATORS: readonly FilterOperator[] = ['not_empty', 'empty', 'is']

/** Operators that make sense for a field, the most likely first. */
export function operatorsFor(field: FilterField): readonly FilterOperator[] {
  if (isNumber(field)) return NUMBER_OPERATORS
  if (field === 'status' || field === 'site' || field === 'device') return CHOICE_OPERATORS
  if (field === 'invitation' || field === 'chat') return KNOWN_OPERATORS
  return TEXT_OPERATORS
}

export const isNumber = (field: FilterField): boolean =>
  field === 'hits' || field === 'visits' || isTime(field)
/** Fields whose value is seconds on the wire and minutes on the screen. */
export const isTime = (field: FilterField): boolean => field === 'duration' || field === 'idle'
export const needsValue = (op: FilterOperator): boolean => op !== 'empty' && op !== 'not_empty'

/** A chip's three voices: field, operator and value. */
export function conditionWords(
  condition: Condition,
  nameOfSite: (siteId: string) => string | undefined,
): { field: string; op: string; value: string } {
  const { field, op } = condition
  const op2 = isNumber(field) ? (SIGNS[op] ?? OPERATOR_WORDS[op]) : OPERATOR_WORDS[op]
  return { field: FIELD_WORDS[field], op: op2, value: valueWords(condition, nameOfSite) }
}

const SIGNS: Partial<Record<FilterOperator, string>> = { greater: '>', less: '<', is: '=' }

function valueWords(
  { field, op, value = '' }: Condition,
  nameOfSite: (id: string) => string | undefined,
) {
  if (!needsValue(op)) return ''
  if (field === 'site') return nameOfSite(value) ?? 'another site'
  if (field === 'place') return 'here on the map'
  if (field === 'status') return value.charAt(0).toUpperCase() + value.slice(1)
  if (isTime(field)) return secondsWords(Number(value))
  if (op === 'in')
    return value
      .split(',')
      .map((part) => part.trim())
      .join(', ')
  if (value === '') return '“”'
  return value
}

function secondsWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?'
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

export const withoutCondition = (filter: VisitFilter, index: number): VisitFilter => ({
  ...filter,
  conditions: filter.conditions.filter((_, at) => at !== index),
})
export const withCondition = (filter: VisitFilter, condition: Condition): VisitFilter => ({
  ...filter,
  conditions: [...filter.conditions, condition],
})
