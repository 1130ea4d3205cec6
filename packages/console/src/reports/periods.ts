export const PERIODS = [
  { value: 'today', label: 'Today' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
] as const
export type Period = (typeof PERIODS)[number]['value']

/** Whole days of the agent's own calendar, up to now. */
export function rangeOf(period: Period, now: number): { from: number; to: number } {
  const start = new Date(now)
  start.setHours(0, 0, 0, 0)
  if (period !== 'today') start.setDate(start.getDate() - Number(period) + 1)
  return { from: start.getTime(), to: now }
}

/** “between 1 and 30 May”, “today”. */
export function rangeWords({ from, to }: { from: number; to: number }): string {
  const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' })
  const first = day.format(from)
  const last = day.format(to)
  return first === last ? `on ${first}` : `between ${first} and ${last}`
}
