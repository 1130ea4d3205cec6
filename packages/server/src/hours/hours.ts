import type { Hours, OpenSpan, Timestamp } from '@beckon/protocol'
import { type Day, dayAfter, dayAt, momentsOf, weekdayOf } from './local-day.ts'

/*
 * When a department is open (C10). Pure: hours and a moment. Everything is worked out as moments,
 * so that days on which the clocks are set are days like any other.
 */

/** Hours that do not come within so many days never come. */
const DAYS_AHEAD = 370

type Open = { from: Timestamp; to: Timestamp }

export const isOpen = (hours: Hours | null, now: Timestamp): boolean =>
  hours === null || openSpans(hours, now, 0).some(({ from, to }) => from <= now && now < to)

/** When it opens next; undefined while it is open, and where it never does. */
export function opensAt(hours: Hours | null, now: Timestamp): Timestamp | undefined {
  if (hours === null || isOpen(hours, now)) return undefined
  return firstFound(hours, now, (spans) => spans.find(({ from }) => from > now)?.from)
}

/** Whether it is open, and when that changes next. */
export function openNow(
  hours: Hours | null,
  now: Timestamp,
): { open: boolean; changesAt?: Timestamp } {
  const open = isOpen(hours, now)
  const changesAt = open ? closesAt(hours, now) : opensAt(hours, now)
  return { open, ...(changesAt !== undefined && { changesAt }) }
}

/** Hours that go on at midnight go on. */
function closesAt(hours: Hours | null, now: Timestamp): Timestamp | undefined {
  if (hours === null) return undefined
  let until = now
  return firstFound(hours, now, (spans) => {
    for (const { from, to } of spans) if (from <= until && until < to) until = to
    // The day's end may be the next one's beginning.
    return isOpen(hours, until) ? undefined : until
  })
}

function firstFound(
  hours: Hours,
  now: Timestamp,
  find: (spans: readonly Open[]) => Timestamp | undefined,
): Timestamp | undefined {
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const found = find(openSpans(hours, now, ahead))
    if (found !== undefined) return found
  }
  return undefined
}

function openSpans(hours: Hours, now: Timestamp, ahead: number): Open[] {
  const day = dayAfter(dayAt(now, hours.timeZone), ahead)
  return openOn(hours, day).flatMap((span) => momentsOf(day, span, hours.timeZone) ?? [])
}

/** Holidays keep their own hours; one of a single year goes before the yearly one. */
function openOn({ week, holidays }: Hours, day: Day): readonly OpenSpan[] {
  const once = holidays.find(({ yearly, date }) => !yearly && date === day)
  const yearly = holidays.find(({ yearly, date }) => yearly && date.slice(5) === day.slice(5))
  return (once ?? yearly)?.open ?? week[weekdayOf(day)] ?? []
}
