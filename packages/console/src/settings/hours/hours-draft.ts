import { type DepartmentView, type Hours, hoursProblem, type OpenSpan } from '@beckon/protocol'

/** Hours as they are being typed: times as a time field has them. */
export type TimesDraft = { from: string; to: string }
export type HolidayDraft = { date: string; yearly: boolean; name: string; open: TimesDraft[] }
export type HoursDraft = {
  /** Off: open at any time. */
  kept: boolean
  timeZone: string
  week: TimesDraft[][]
  holidays: HolidayDraft[]
  closedOutside: boolean
}

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
export const OFFICE: TimesDraft = { from: '09:00', to: '17:00' }

export function hoursDraft(
  { hours, closedOutside }: Pick<DepartmentView, 'hours' | 'closedOutside'>,
  ownZone: string,
): HoursDraft {
  const times = (open: readonly OpenSpan[]) => open.map(timesOf)
  return {
    kept: hours !== null,
    timeZone: hours?.timeZone ?? ownZone,
    week: hours?.week.map(times) ?? DAYS.map((_, day) => (day < 5 ? [OFFICE] : [])),
    holidays: hours?.holidays.map(({ open, ...rest }) => ({ ...rest, open: times(open) })) ?? [],
    closedOutside,
  }
}

/** As the server takes it, or the sentence that says what to mend. */
export function hoursIn(draft: HoursDraft): { hours: Hours | null } | { problem: string } {
  if (!draft.kept) return { hours: null }
  const all = [...draft.week, ...draft.holidays.map((holiday) => holiday.open)].flat()
  if (all.some(({ from, to }) => !isTime(from) || !isTime(to))) {
    return { problem: 'A time is missing. Fill it in or take the line away.' }
  }
  if (draft.holidays.some(({ date }) => date === '')) {
    return { problem: 'A holiday has no day. Fill it in or take the line away.' }
  }
  const spans = (times: readonly TimesDraft[]) => times.map(spanOf).sort((a, b) => a.from - b.from)
  const hours: Hours = {
    timeZone: draft.timeZone,
    week: draft.week.map(spans),
    holidays: draft.holidays.map(({ open, ...rest }) => ({ ...rest, open: spans(open) })),
  }
  const problem = hoursProblem(hours)
  return problem ? { problem } : { hours }
}

const isTime = (text: string): boolean => /^\d{2}:\d{2}$/.test(text)

const timesOf = ({ from, to }: OpenSpan): TimesDraft => ({ from: clock(from), to: clock(to) })

/** Midnight at the end of the day reads as it does at its beginning. */
function clock(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}

function spanOf({ from, to }: TimesDraft): OpenSpan {
  return { from: minutesIn(from), to: minutesIn(to) || END_OF_DAY }
}
const END_OF_DAY = 1_440

function minutesIn(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
