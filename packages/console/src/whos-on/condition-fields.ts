import type { FilterField, FilterOperator, SiteId } from '@beckon/protocol'
import type { Choice } from '../parts/select.tsx'
import { languageChoices } from '../settings/languages.ts'
import type { SiteFace } from './use-sites.ts'
import { countryName } from './visitor-words.ts'

export type Sites = ReadonlyMap<SiteId, SiteFace>
type Kind = 'text' | 'number' | 'time' | 'choice' | 'known'

/** What sort of answer a field gives; `known` is there or not, and then one of a few. */
const KINDS: Partial<Record<FilterField, Kind>> = {
  status: 'choice',
  site: 'choice',
  device: 'choice',
  country: 'choice',
  language: 'choice',
  verified: 'choice',
  located: 'choice',
  invitation: 'known',
  chat: 'known',
  hits: 'number',
  visits: 'number',
  chats: 'number',
  duration: 'time',
  idle: 'time',
}
export const kindOf = (field: FilterField): Kind => KINDS[field] ?? 'text'

const OPERATORS: Record<Kind, readonly FilterOperator[]> = {
  text: [
    'contains',
    'not_contains',
    'is',
    'is_not',
    'starts_with',
    'ends_with',
    'matches',
    'not_matches',
    'in',
    'not_in',
    'empty',
    'not_empty',
  ],
  number: ['greater', 'less', 'between', 'is', 'is_not'],
  time: ['greater', 'less', 'between'],
  choice: ['is', 'is_not', 'in', 'not_in'],
  known: ['not_empty', 'empty', 'is', 'is_not', 'in', 'not_in'],
}
const ATTRIBUTE: readonly FilterOperator[] = [...OPERATORS.text, 'greater', 'less', 'between']
const YES_NO: readonly FilterOperator[] = ['is']

/** Operators that make sense for a field, the most likely first. */
export function operatorsFor(field: FilterField): readonly FilterOperator[] {
  if (field === 'attribute') return ATTRIBUTE
  if (field === 'verified' || field === 'located') return YES_NO
  const operators = OPERATORS[kindOf(field)]
  if (field === 'country' || field === 'language') return [...operators, 'empty', 'not_empty']
  return operators
}

export const needsValue = (op: FilterOperator): boolean => op !== 'empty' && op !== 'not_empty'
export const isList = (op: FilterOperator): boolean => op === 'in' || op === 'not_in'

/** Fields in the order and groups in which they are offered. */
export const FIELD_GROUPS: readonly { group: string; fields: readonly FilterField[] }[] = [
  {
    group: 'Pages',
    fields: ['url', 'title', 'viewed', 'landing', 'referrer', 'search', 'campaign'],
  },
  { group: 'Visit', fields: ['status', 'site', 'hits', 'duration', 'idle', 'visits'] },
  {
    group: 'Visitor',
    fields: ['visitor', 'name', 'username', 'email', 'verified', 'attribute', 'tag'],
  },
  {
    group: 'Place',
    fields: ['country', 'region', 'city', 'language', 'ip', 'hostname', 'located'],
  },
  { group: 'Device', fields: ['browser', 'os', 'device'] },
  { group: 'Conversation', fields: ['invitation', 'chat', 'chats'] },
]

const option = (value: string): Choice => ({
  value,
  label: value.charAt(0).toUpperCase() + value.slice(1),
})

const FIXED: Partial<Record<FilterField, readonly Choice[]>> = {
  status: ['active', 'pending', 'removed'].map(option),
  device: ['desktop', 'phone', 'tablet', 'tv', 'other'].map(option),
  verified: ['yes', 'no'].map(option),
  located: ['yes', 'no'].map(option),
  chat: ['queued', 'active'].map(option),
  invitation: [
    'sent',
    'delivered',
    'viewed',
    'accepted',
    'declined',
    'ignored',
    'withdrawn',
    'expired',
    'failed',
  ].map(option),
}

/** What may be chosen, where that is known; undefined where it is typed. */
export function choicesFor(field: FilterField, sites: Sites): readonly Choice[] | undefined {
  if (field === 'country') return countries()
  if (field === 'language') return languageChoices('en')
  if (field === 'site') {
    return [...sites.values()].map(({ id, name }) => ({ value: id as string, label: name }))
  }
  return FIXED[field]
}

let known: readonly Choice[] | undefined
/** Codes that stand for no country: unions, tests, the unknown. */
const NO_COUNTRY = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']

/** The browser knows every country by its code; a code given up long ago reads as its successor. */
function countries(): readonly Choice[] {
  if (known) return known
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  known = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.includes(code) && names.of(code) !== undefined)
    .filter((code) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
    .map((value) => ({ value, label: countryName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return known
}
