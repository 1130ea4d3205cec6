import { timeOfDay } from '../clock-words.ts'

const DAY = 24 * 3_600_000
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short' })
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const OTHER_YEAR = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

/** “14:31” today, “Tue 14:31” within a week, “3 Nov, 14:31”, and with the year when it was another. */
export function whenWords(at: number, now: number): string {
  const time = timeOfDay(at)
  if (sameDay(at, now)) return time
  if (now > at && now - at < 6 * DAY) {
    return `${WEEKDAY.format(at)} ${time}`
  }
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return `${(thisYear ? DATE : OTHER_YEAR).format(at)}, ${time}`
}

const sameDay = (a: number, b: number): boolean =>
  new Date(a).toDateString() === new Date(b).toDateString()

export const countWords = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`
