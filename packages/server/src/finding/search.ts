import type { FoundBy, VisitRow } from '@beckon/protocol'
import { countryName } from '../visits/country-name.ts'

/** What a search reads of a visit: everything Who's On can show of it. */
export type Searchable = {
  readonly row: VisitRow
  readonly siteName: string
  readonly username?: string | undefined
  readonly attributes: Readonly<Record<string, string>>
}

const MARKS = /\p{M}/gu
// Most of what is searched is plain; taking it apart for its accents would be most of the work.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the plain half of all signs begins with them
const PLAIN = /^[\x00-\x7f]*$/

const fold = (text: string): string =>
  (PLAIN.test(text) ? text : text.normalize('NFD').replace(MARKS, '')).toLowerCase()

/** At most eight words; the rest of a long text would not narrow anything. */
export const wordsOf = (text: string): string[] =>
  fold(text).split(/\s+/).filter(Boolean).slice(0, 8)

/** How well a visit fits: 0 = not at all; a name that begins so comes first. */
export function scoreOf(visit: Searchable, words: readonly string[]): number {
  const [first] = words
  if (first === undefined) return 0
  const { row } = visit
  const name = fold(
    [row.who.text, row.who.next, row.email, visit.username].filter(Boolean).join('\n'),
  )
  const rest = fold(restOf(visit))
  if (!words.every((word) => name.includes(word) || rest.includes(word))) return 0
  if (name.startsWith(first)) return 3
  return name.includes(first) ? 2 : 1
}

/** What found a visit beside its name: the first thing that holds the first word the name does not. */
export function matchOf(visit: Searchable, words: readonly string[]): FoundBy | undefined {
  const name = fold(visit.row.who.text)
  const word = words.find((one) => !name.includes(one))
  if (word === undefined) return undefined
  const holds = (value: string | undefined): value is string =>
    value !== undefined && fold(value).includes(word)
  for (const [field, value] of partsOf(visit)) if (holds(value)) return { field, value }
  for (const [key, value] of Object.entries(visit.attributes)) {
    if (holds(value)) return { field: 'attribute', key, value }
  }
  return undefined
}

const restOf = (visit: Searchable): string =>
  [...partsOf(visit).map(([, value]) => value), ...Object.values(visit.attributes)]
    .filter(Boolean)
    .join('\n')

const partsOf = ({ row, siteName, username }: Searchable) =>
  [
    ['email', row.email],
    ['username', username],
    ['name', row.who.next],
    ['title', row.title],
    ['url', row.url],
    ['site', siteName],
    ['referrer', row.referrer],
    ['search', row.searchPhrase],
    ['campaign', row.campaign],
    ['landing', row.landingUrl],
    ['country', row.country && countryName(row.country)],
    ['country', row.country],
    ['region', row.region],
    ['city', row.city],
    ['language', row.language],
    ['browser', row.browser],
    ['os', row.os],
    ['device', row.device],
    ['ip', row.ip],
    ['hostname', row.hostname],
    ['status', row.status],
    ['invitation', row.invitation?.state],
    ['invitation', row.invitation?.agentName],
    ['chat', row.chat && 'in chat'],
    ['chat', row.chat?.agentName],
    ['tag', row.tags?.map(({ name }) => name).join(', ')],
  ] as const satisfies readonly (readonly [FoundBy['field'], string | undefined])[]
