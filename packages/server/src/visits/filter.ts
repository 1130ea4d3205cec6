import type { Condition, PageView, Timestamp, VisitFilter, VisitRow } from '@beckon/protocol'

/** What a filter can ask of a visit. */
export type Filterable = {
  readonly row: VisitRow
  readonly pages: readonly PageView[]
  readonly siteName: string
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

type Fits = (text: string | undefined) => boolean
type Test = (visit: Filterable, now: Timestamp) => boolean
type NumberOf = (visit: Filterable, now: Timestamp) => number
type TextOf = (visit: Filterable) => string | undefined

/**
 * Turns a filter into one function. Text compares without regard to case; there are no patterns
 * from people, so nothing a visitor or agent types can be slow (T26).
 */
export function compileFilter(filter: VisitFilter): CompiledFilter {
  const conditions = filter.conditions.filter((condition) => !condition.off)
  const tests = conditions.map(compile)
  const wantsBots = filter.bots === true
  const timed = conditions.filter(({ field }) => field === 'duration' || field === 'idle')
  const every = filter.match === 'all' || tests.length === 0
  return {
    matches(visit, now) {
      if (visit.row.bot !== wantsBots) return false
      for (const test of tests) if (test(visit, now) !== every) return !every
      return every
    },
    timed: timed.length > 0,
    dueAt(visit, now) {
      let due = Number.POSITIVE_INFINITY
      for (const condition of timed) due = Math.min(due, turnsAt(condition, visit, now))
      return due
    },
  }
}

const NUMBERS: Partial<Record<Condition['field'], NumberOf>> = {
  hits: (visit) => visit.row.hits,
  visits: (visit) => visit.row.visitNumber,
  duration: (visit, now) => (now - visit.row.startedAt) / 1_000,
  idle: (visit, now) => (now - visit.row.navigatedAt) / 1_000,
}

const TEXTS: Partial<Record<Condition['field'], TextOf>> = {
  status: ({ row }) => row.status,
  email: ({ row }) => row.email,
  title: ({ row }) => row.title,
  url: ({ row }) => row.url,
  landing: ({ row }) => row.landingUrl,
  referrer: ({ row }) => row.referrer,
  search: ({ row, engine }) => row.searchPhrase ?? engine,
  city: ({ row }) => row.city,
  region: ({ row }) => row.region,
  browser: ({ row }) => row.browser,
  os: ({ row }) => row.os,
  device: ({ row }) => row.device,
  ip: ({ row }) => row.ip,
  invitation: ({ row }) => row.invitation?.state,
  chat: ({ row }) => row.chat?.state,
  place: ({ placeKey }) => placeKey,
  located: ({ placeKey }) => (placeKey === undefined ? 'no' : 'yes'),
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** Fields with several texts: one that fits is enough, and “is not” means that none does. */
const SEVERAL: Partial<Record<Condition['field'], (visit: Filterable, fits: Fits) => boolean>> = {
  site: (visit, fits) => fits(visit.row.siteId) || fits(visit.siteName),
  visitor: ({ row }, fits) => fits(row.who.text) || fits(row.who.next) || fits(row.email),
  country: ({ row }, fits) => fits(row.country) || fits(countryName(row.country)),
  language: ({ row }, fits) => fits(row.language) || fits(row.language?.split('-')[0]),
  // Asked of every visit that changes, thousands of times a second: no lists are made for it.
  viewed({ pages }, fits) {
    for (let at = pages.length - 1; at >= 0; at--) {
      const page = pages[at]
      if (page && (fits(page.url) || fits(page.title))) return true
    }
    return false
  },
}

/** What “none of them” is the opposite of. */
const OPPOSITE: Partial<Record<Condition['op'], Condition['op']>> = {
  is_not: 'is',
  empty: 'not_empty',
}

function compile(condition: Condition): Test {
  const number = NUMBERS[condition.field]
  if (number) return compileNumber(condition, number)
  const several = SEVERAL[condition.field]
  if (several) {
    const opposite = OPPOSITE[condition.op]
    const fits = compileText(opposite ? { ...condition, op: opposite } : condition)
    return opposite ? (visit) => !several(visit, fits) : (visit) => several(visit, fits)
  }
  const fits = compileText(condition)
  const text = TEXTS[condition.field]
  return text ? (visit) => fits(text(visit)) : () => false
}

function compileText({ op, value = '' }: Condition): Fits {
  const wanted = value.trim().toLowerCase()
  switch (op) {
    case 'is':
      return (text) => text?.toLowerCase() === wanted
    case 'is_not':
      return (text) => text?.toLowerCase() !== wanted
    case 'contains':
      return (text) => text?.toLowerCase().includes(wanted) ?? false
    case 'starts_with':
      return (text) => text?.toLowerCase().startsWith(wanted) ?? false
    case 'ends_with':
      return (text) => text?.toLowerCase().endsWith(wanted) ?? false
    case 'in': {
      const list = new Set(wanted.split(',').map((item) => item.trim()))
      return (text) => text !== undefined && list.has(text.toLowerCase())
    }
    case 'empty':
      return (text) => !text
    case 'not_empty':
      return (text) => Boolean(text)
    case 'greater':
    case 'less':
      return () => false
    default:
      return op satisfies never
  }
}

function compileNumber({ op, value = '' }: Condition, of: NumberOf): Test {
  const wanted = numberFrom(value)
  switch (op) {
    case 'is':
      return (visit, now) => Math.floor(of(visit, now)) === wanted
    case 'is_not':
      return (visit, now) => Math.floor(of(visit, now)) !== wanted
    case 'greater':
      return (visit, now) => of(visit, now) > wanted
    case 'less':
      return (visit, now) => of(visit, now) < wanted
    case 'in': {
      const list = new Set(value.split(',').map(numberFrom))
      return (visit, now) => list.has(Math.floor(of(visit, now)))
    }
    case 'not_empty':
      return () => true
    default:
      return () => false
  }
}

const numberFrom = (text: string): number =>
  /^\s*\d{1,9}(\.\d{1,3})?\s*$/.test(text) ? Number(text) : Number.NaN

function turnsAt(
  { field, op, value = '' }: Condition,
  visit: Filterable,
  now: Timestamp,
): Timestamp {
  const from = field === 'duration' ? visit.row.startedAt : visit.row.navigatedAt
  const wanted = op === 'in' ? value.split(',').map(numberFrom) : [numberFrom(value)]
  let due = Number.POSITIVE_INFINITY
  for (const seconds of wanted) {
    if (Number.isNaN(seconds)) continue
    const at = from + seconds * 1_000
    for (const turn of [at, at + 1, at + 1_000]) if (turn > now && turn < due) due = turn
  }
  return due
}

function countryName(code: string | undefined): string | undefined {
  if (!code || !/^[A-Z]{2}$/.test(code)) return undefined
  return countryNames.of(code)
}
