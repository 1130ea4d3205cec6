import type { BanView } from '@beckon/protocol'
import { timeOfDay } from '../parts/durations.ts'

/** How long a ban lasts: the choices, in seconds; `undefined` until it is lifted. */
export const LENGTHS = [
  { value: 'hour', label: '1 hour', seconds: 3_600 },
  { value: 'day', label: '24 hours', seconds: 86_400 },
  { value: 'month', label: '30 days', seconds: 2_592_000 },
  { value: 'ever', label: 'Forever', seconds: undefined },
] as const
export type Length = (typeof LENGTHS)[number]['value']

export const secondsOf = (length: Length): { seconds?: number } => {
  const seconds = LENGTHS.find(({ value }) => value === length)?.seconds
  return seconds === undefined ? {} : { seconds }
}

/** “until 14:31”, “until 24 Nov, 14:31”, “until lifted”. */
export function untilWords(until: number | undefined, now: number): string {
  return until === undefined ? 'until lifted' : `until ${momentWords(until, now)}`
}

/** A moment as short as it can be without doubt: the day where it is not today, the year where it is not this one. */
export function momentWords(at: number, now: number): string {
  const [day, today] = [new Date(at), new Date(now)]
  if (day.toDateString() === today.toDateString()) return timeOfDay(at)
  const year = day.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' as const }
  const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', ...year })
  return `${date.format(at)}, ${timeOfDay(at)}`
}

/** Whom it keeps out. */
export const whomWords = ({ who, range }: Pick<BanView, 'who' | 'range'>): string =>
  who !== undefined && range !== undefined ? `${who} and ${range}` : (who ?? range ?? '')

/** The block an address is in, as a first guess at a range: a /24, or a /48 of IPv6. */
export function rangeAround(ip: string): string {
  if (!ip.includes(':')) return `${ip.split('.').slice(0, 3).join('.')}.0/24`
  const [head = ''] = ip.split('::')
  const words = [...head.split(':').filter(Boolean), '0', '0', '0'].slice(0, 3)
  return `${words.join(':')}::/48`
}
