import type { VisitRow } from '@beckon/protocol'
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

const restOf = ({ row, siteName, attributes }: Searchable): string =>
  [
    row.title,
    row.url,
    siteName,
    row.referrer,
    row.searchPhrase,
    row.campaign,
    row.landingUrl,
    row.country,
    countryName(row.country),
    row.region,
    row.city,
    row.language,
    row.browser,
    row.os,
    row.device,
    row.ip,
    row.hostname,
    row.status,
    row.invitation?.state,
    row.invitation?.agentName,
    row.chat && 'in chat',
    row.chat?.agentName,
    ...(row.tags?.map(({ name }) => name) ?? []),
    ...Object.values(attributes),
  ]
    .filter(Boolean)
    .join('\n')
