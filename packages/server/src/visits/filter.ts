import {
  type BrandId,
  type Condition,
  LIMITS,
  type PageView,
  type Timestamp,
  type VisitFilter,
  type VisitRow,
} from '@beckon/protocol'
import { countryName } from './country-name.ts'
import { anyPage, type SeenPages } from './pages-viewed.ts'

/** What a filter can ask of a visit. */
export type Filterable = {
  readonly row: VisitRow
  readonly pages: readonly PageView[]
  seenPages?: SeenPages | undefined
  readonly siteName: string
  readonly brandId?: BrandId | undefined
  readonly displayName?: string | undefined
  readonly username?: string | undefined
  /** What the page said of its visitor beside the name. */
  readonly attributes?: Readonly<Record<string, string>>
  /** Search engine the visit came from, also where it kept the phrase to itself. */
  readonly engine?: string | undefined
  /** Key of the place on the density map. */
  readonly placeKey?: string | undefined
}

export type CompiledFilter = {
  matches(visit: Filterable, now: Timestamp): boolean
  /** Whether time alone can change the answer. */
  readonly timed: boolean
  /** The next moment after `now` at which time alone may change the answer; Infinity = never. */
  dueAt(visit: Filterable, now: Timestamp): Timestamp
}

type Field = Condition['field']
type Operator = Condition['op']
type Fits = (text: string | undefined) => boolean
type Test = (visit: Filterable, now: Timestamp) => boolean
type NumberOf = (visit: Filterable, now: Timestamp) => number
type TextOf = (visit: Filterable) => string | undefined

/**
 * Turns a filter into one function. Text compares without regard to case. Patterns from people know
 * `*` alone and are looked for piece by piece, so nothing a visitor or agent types is slow (T26).
 */
export function compileFilter(filter: VisitFilter): CompiledFilter {
  const conditions = filter.conditions.filter((condition) => !condition.off)
  const tests = conditions.map(compile)
  const besides = (filter.and ?? []).filter((condition) => !condition.off)
  const musts = besides.map(compile)
  const wantsBots = filter.bots === true
  const timed = [...conditions, ...besides]
    .filter(({ field }) => field === 'duration' || field === 'idle')
    .map(compileTurns)
  const every = filter.match === 'all' || tests.length === 0
  return {
    matches(visit, now) {
      if (visit.row.bot !== wantsBots) return false
      if (filter.brand !== undefined && visit.brandId !== filter.brand) return false
      for (const must of musts) if (!must(visit, now)) return false
      for (const test of tests) if (test(visit, now) !== every) return !every
      return every
    },
    timed: timed.length > 0,
    dueAt(visit, now) {
      let due = Number.POSITIVE_INFINITY
      for (const turns of timed) due = Math.min(due, turns(visit, now))
      return due
    },
  }
}

const NUMBERS: Partial<Record<Field, NumberOf>> = {
  hits: (visit) => visit.row.hits,
  visits: (visit) => visit.row.visitNumber,
  chats: (visit) => visit.row.previousChats ?? 0,
  duration: (visit, now) => (now - visit.row.startedAt) / 1_000,
  idle: (visit, now) => (now - visit.row.navigatedAt) / 1_000,
}

const yesNo = (is: boolean): string => (is ? 'yes' : 'no')

const TEXTS: Partial<Record<Field, TextOf>> = {
  status: ({ row }) => row.status,
  name: ({ displayName }) => displayName,
  username: ({ username }) => username,
  email: ({ row }) => row.email,
  verified: ({ row }) => yesNo(row.who.verified),
  title: ({ row }) => row.title,
  url: ({ row }) => row.url,
  landing: ({ row }) => row.landingUrl,
  referrer: ({ row }) => row.referrer,
  search: ({ row, engine }) => row.searchPhrase ?? engine,
  campaign: ({ row }) => row.campaign,
  city: ({ row }) => row.city,
  region: ({ row }) => row.region,
  browser: ({ row }) => row.browser,
  os: ({ row }) => row.os,
  device: ({ row }) => row.device,
  ip: ({ row }) => row.ip,
  hostname: ({ row }) => row.hostname,
  invitation: ({ row }) => row.invitation?.state,
  chat: ({ row }) => row.chat?.state,
  place: ({ placeKey }) => placeKey,
  located: ({ placeKey }) => yesNo(placeKey !== undefined),
}

/** Fields with several texts: one that fits is enough. */
const SEVERAL: Partial<Record<Field, (visit: Filterable, fits: Fits) => boolean>> = {
  site: (visit, fits) => fits(visit.row.siteId) || fits(visit.siteName),
  visitor: ({ row }, fits) => fits(row.who.text) || fits(row.who.next) || fits(row.email),
  country: ({ row }, fits) => fits(row.country) || fits(countryName(row.country)),
  tag: ({ row }, fits) => row.tags?.some(({ name }) => fits(name)) ?? false,
  language: ({ row }, fits) => fits(row.language) || fits(row.language?.split('-')[0]),
}

/** What says no where the other says yes, also of a field with several texts or none. */
const OPPOSITE: Partial<Record<Operator, Operator>> = {
  is_not: 'is',
  not_contains: 'contains',
  not_matches: 'matches',
  not_in: 'in',
  empty: 'not_empty',
}

function compile(condition: Condition): Test {
  const opposite = OPPOSITE[condition.op]
  if (!opposite) return compilePositive(condition)
  const test = compilePositive({ ...condition, op: opposite })
  return (visit, now) => !test(visit, now)
}

function compilePositive(condition: Condition): Test {
  const { field, key = '' } = condition
  const number = NUMBERS[field]
  if (number) {
    const fits = compileNumber(condition)
    return (visit, now) => fits(number(visit, now))
  }
  const fits = compileText(condition)
  if (field === 'viewed') {
    const { op, value } = condition
    return anyPage(`${op} ${value}`, (page) => fits(page.url) || fits(page.title))
  }
  if (field === 'attribute') {
    return ({ attributes }) =>
      fits(attributes && Object.hasOwn(attributes, key) ? attributes[key] : undefined)
  }
  const several = SEVERAL[field]
  if (several) return (visit) => several(visit, fits)
  const text = TEXTS[field]
  return text ? (visit) => fits(text(visit)) : () => false
}

function compileText({ op, value = '' }: Condition): Fits {
  const wanted = folded(value.trim())
  switch (op) {
    case 'is':
      return (text) => text !== undefined && folded(text) === wanted
    case 'contains':
      return (text) => text !== undefined && folded(text).includes(wanted)
    case 'starts_with':
      return (text) => text !== undefined && folded(text).startsWith(wanted)
    case 'ends_with':
      return (text) => text !== undefined && folded(text).endsWith(wanted)
    case 'matches': {
      const matches = compilePattern(wanted)
      return (text) => text !== undefined && matches(folded(text))
    }
    case 'in': {
      const list = new Set(wanted.split(',').map((item) => item.trim()))
      return (text) => text !== undefined && list.has(folded(text))
    }
    case 'not_empty':
      return (text) => Boolean(text)
    // Text that is a number compares as one: what a page says of a cart, say.
    case 'greater':
    case 'less':
    case 'between': {
      const fits = compileNumber({ op, value })
      return (text) => text !== undefined && fits(numberFrom(text))
    }
    default:
      return () => false
  }
}

/** Nothing that a visit holds is longer; more than that is not read. */
const LONGEST = 2 * LIMITS.urlCharacters
const folded = (text: string): string =>
  (text.length > LONGEST ? text.slice(0, LONGEST) : text).toLowerCase()

/** The pieces between the stars, each looked for behind the one before: no going back, ever. */
function compilePattern(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return (text) => text === first
  const middle = rest.filter((piece) => piece !== '')
  return (text) => {
    const end = text.length - last.length
    if (!text.startsWith(first) || !text.endsWith(last)) return false
    let from = first.length
    for (const piece of middle) {
      const at = text.indexOf(piece, from)
      if (at < 0) return false
      from = at + piece.length
    }
    return from <= end
  }
}

function compileNumber({ op, value = '' }: Pick<Condition, 'op' | 'value'>) {
  const wanted = numberFrom(value)
  switch (op) {
    case 'is':
      return (number: number) => Math.floor(number) === wanted
    case 'greater':
      return (number: number) => number > wanted
    case 'less':
      return (number: number) => number < wanted
    case 'between': {
      const [from = Number.NaN, to = Number.NaN] = value.split('..').map(numberFrom)
      return (number: number) => number >= from && number <= to
    }
    case 'in': {
      const list = new Set(value.split(',').map(numberFrom))
      return (number: number) => list.has(Math.floor(number))
    }
    case 'not_empty':
      return () => true
    default:
      return () => false
  }
}

const numberFrom = (text: string): number =>
  /^\s*-?\d{1,12}(\.\d{1,6})?\s*$/.test(text) ? Number(text) : Number.NaN

/** When time alone may next change the answer to a condition. */
function compileTurns({
  field,
  op,
  value = '',
}: Condition): (visit: Filterable, now: Timestamp) => Timestamp {
  const wanted = value.split(op === 'between' ? '..' : ',').map(numberFrom)
  const turns = wanted
    .filter((seconds) => !Number.isNaN(seconds))
    .flatMap((seconds) => [seconds * 1_000, seconds * 1_000 + 1, seconds * 1_000 + 1_000])
  return ({ row }, now) => {
    const from = field === 'duration' ? row.startedAt : row.navigatedAt
    let due = Number.POSITIVE_INFINITY
    for (const turn of turns) if (from + turn > now && from + turn < due) due = from + turn
    return due
  }
}
