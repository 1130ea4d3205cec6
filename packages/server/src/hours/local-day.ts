import type { Timestamp } from '@beckon/protocol'

/*
 * Moments and the days and clocks of a place. Clocks are set: a minute may come twice in a day or
 * never, so a time of day is asked for on its own day and answered with moments.
 */

const DAY = 86_400_000
const MINUTE = 60_000

/** A day of the calendar, `2026-03-29`. */
export type Day = string

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** What the clocks of the place show at a moment, as if it were UTC. */
function shownAt(at: Timestamp, timeZone: string): number {
  const shown: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) shown[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

export const dayAt = (at: Timestamp, timeZone: string): Day =>
  new Date(shownAt(at, timeZone)).toISOString().slice(0, 10)

export const dayAfter = (day: Day, days = 1): Day =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)

/** 0 is Monday. */
export const weekdayOf = (day: Day): number => (new Date(Date.parse(day)).getUTCDay() + 6) % 7

/**
 * The moments between which the clocks of the place show `from` to `to`, minutes of that day: from
 * the first time that `from` has come to the last time that `to` comes. Where the clocks jump over
 * all of it there is none.
 */
export function momentsOf(
  day: Day,
  { from, to }: { from: number; to: number },
  timeZone: string,
): { from: Timestamp; to: Timestamp } | undefined {
  const wanted = (minutes: number) => Date.parse(day) + minutes * MINUTE
  const start = firstAtOrAfter(wanted(from), timeZone)
  const end = lastComing(wanted(to), timeZone)
  return start < end ? { from: start, to: end } : undefined
}

/** How far the clocks are ahead of UTC; the day around covers every time they are set. */
const offsetsAround = (shown: number, timeZone: string): number[] => [
  ...new Set([shown - DAY, shown + DAY].map((at) => shownAt(at, timeZone) - at)),
]

const momentsShowing = (shown: number, timeZone: string): Timestamp[] =>
  offsetsAround(shown, timeZone)
    .map((offset) => shown - offset)
    .filter((at) => shownAt(at, timeZone) === shown)
    .sort((a, b) => a - b)

/** A time the clocks jump over has come when they have jumped. */
function jumpOver(shown: number, timeZone: string): Timestamp {
  const [one = 0, other = one] = offsetsAround(shown, timeZone)
    .map((offset) => shown - offset)
    .sort((a, b) => a - b)
  let before = one - DAY
  let after = other
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (shownAt(middle, timeZone) >= shown) after = middle
    else before = middle
  }
  return after
}

const firstAtOrAfter = (shown: number, timeZone: string): Timestamp =>
  momentsShowing(shown, timeZone)[0] ?? jumpOver(shown, timeZone)

const lastComing = (shown: number, timeZone: string): Timestamp =>
  momentsShowing(shown, timeZone).at(-1) ?? jumpOver(shown, timeZone)
