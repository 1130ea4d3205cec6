import type { Condition, FilterField, FilterOperator, VisitFilter } from '@beckon/protocol'
import { choicesFor, isList, kindOf, needsValue, type Sites } from './condition-fields.ts'

/** What fields and operators are called on chips and in the builder. */
export const FIELD_WORDS = {
  status: 'Status',
  site: 'Site',
  visitor: 'Visitor',
  name: 'Name',
  username: 'Username',
  email: 'Email',
  verified: 'Verified',
  attribute: 'Attribute',
  tag: 'Tag',
  title: 'Page title',
  url: 'Current page',
  viewed: 'Viewed page',
  landing: 'Landing page',
  referrer: 'Came from',
  search: 'Search phrase',
  campaign: 'Campaign',
  country: 'Country',
  city: 'City',
  region: 'Region',
  language: 'Language',
  browser: 'Browser',
  os: 'System',
  device: 'Device',
  ip: 'IP address',
  hostname: 'Host name',
  hits: 'Hits',
  duration: 'Duration',
  idle: 'Idle',
  visits: 'Visits',
  chats: 'Chats before',
  invitation: 'Invitation',
  chat: 'Chat',
  place: 'Place',
  located: 'Located',
} as const satisfies Record<FilterField, string>

export const OPERATOR_WORDS = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  matches: 'matches',
  not_matches: 'does not match',
  in: 'is one of',
  not_in: 'is none of',
  greater: 'is more than',
  less: 'is less than',
  between: 'is between',
  empty: 'is empty',
  not_empty: 'is known',
} as const satisfies Record<FilterOperator, string>

const SIGNS: Partial<Record<FilterOperator, string>> = {
  greater: '>',
  less: '<',
  is: '=',
  is_not: '≠',
  between: '',
}

/** A chip's three voices: field, operator and value. */
export function conditionWords(
  condition: Condition,
  sites: Sites,
): { field: string; op: string; value: string } {
  const { field, key, op } = condition
  const kind = kindOf(field)
  const sign = kind === 'number' || kind === 'time' ? SIGNS[op] : undefined
  return {
    field: field === 'attribute' ? (key ?? FIELD_WORDS.attribute) : FIELD_WORDS[field],
    op: sign ?? OPERATOR_WORDS[op],
    value: valueWords(condition, sites),
  }
}

function valueWords({ field, op, value = '' }: Condition, sites: Sites): string {
  if (!needsValue(op)) return ''
  if (field === 'place') return 'here on the map'
  const one = (text: string): string => {
    if (kindOf(field) === 'time') return secondsWords(Number(text))
    const choice = choicesFor(field, sites)?.find((each) => sameText(each.value, text))
    if (choice) return choice.label
    return field === 'site' ? 'another site' : text
  }
  if (isList(op)) {
    return value
      .split(',')
      .map((part) => one(part.trim()))
      .join(', ')
  }
  if (op === 'between') return value.split('..').map(one).join(' – ')
  return value === '' ? '“”' : one(value)
}

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function secondsWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?'
  return seconds % 6 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

/** A condition in one line, for names of buttons and of filters. */
export function sentenceOf(condition: Condition, sites: Sites): string {
  const { field, op, value } = conditionWords(condition, sites)
  return [field, op, value].filter(Boolean).join(' ')
}

export const withoutCondition = (filter: VisitFilter, index: number): VisitFilter => ({
  ...filter,
  conditions: filter.conditions.filter((_, at) => at !== index),
})
export const withCondition = (
  filter: VisitFilter,
  condition: Condition,
  index = filter.conditions.length,
): VisitFilter => ({ ...filter, conditions: filter.conditions.toSpliced(index, 1, condition) })
