import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const

/** Minutes since midnight on the department's own clock; `to` 1440 is the end of the day. */
export const OpenSpan = Type.Object(
  {
    from: Type.Integer({ minimum: 0, maximum: 1_439 }),
    to: Type.Integer({ minimum: 1, maximum: 1_440 }),
  },
  strict,
)
export type OpenSpan = Static<typeof OpenSpan>

const Spans = Type.Array(OpenSpan, { maxItems: 6 })

/** A day on which other hours are kept, or none. */
export const Holiday = Type.Object(
  {
    date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    /** Every year on this day; else only in the year of the date. */
    yearly: Type.Boolean(),
    name: Type.String({ maxLength: 80 }),
    /** Empty: closed all day. */
    open: Spans,
  },
  strict,
)
export type Holiday = Static<typeof Holiday>

/** When a department is open (C10). */
export const Hours = Type.Object(
  {
    /** As in the IANA database: Europe/Lisbon. */
    timeZone: Type.String({ minLength: 1, maxLength: 60 }),
    /** Seven days, Monday first. */
    week: Type.Array(Spans, { minItems: 7, maxItems: 7 }),
    holidays: Type.Array(Holiday, { maxItems: 200 }),
  },
  strict,
)
export type Hours = Static<typeof Hours>

/** What is wrong with them beyond their shape, as a sentence; the form and the server ask alike. */
export function hoursProblem({ timeZone, week, holidays }: Hours): string | undefined {
  if (!isTimeZone(timeZone)) return `There is no time zone ${timeZone}. Choose one of the list.`
  for (const open of [...week, ...holidays.map((holiday) => holiday.open)]) {
    const problem = spansProblem(open)
    if (problem) return problem
  }
  const days = new Set<string>()
  for (const { date, yearly } of holidays) {
    if (!isDate(date)) return `There is no day ${date}.`
    const day = yearly ? date.slice(5) : date
    if (days.has(day)) return `${date} is listed twice. Keep one of the two.`
    days.add(day)
  }
  return undefined
}

/** Earlier first, and no two at once. */
export function spansProblem(open: readonly OpenSpan[]): string | undefined {
  let last = -1
  for (const { from, to } of open) {
    if (from >= to) return 'A time ends before it begins. Hours past midnight go to the next day.'
    if (from <= last) return 'Two times of one day touch or overlap. Make one of them.'
    last = to
  }
  return undefined
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

function isDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}
