import { clockTime } from '../parts/durations.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A countdown: it reads 0:01 until the very end, so the last second is not shown as over. */
export const countdownWords = (ms: number): string =>
  clockTime(Math.ceil(Math.max(0, ms) / SECOND) * SECOND)

/** How long ago, in a sentence: `6 minutes ago`. */
export function agoSentence(ms: number): string {
  const units = [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
  ] as const
  for (const [length, name] of units) {
    const count = Math.floor(ms / length)
    if (count >= 1) return `${count} ${name}${count === 1 ? '' : 's'} ago`
  }
  return 'less than a minute ago'
}

const inZone = (timeZone?: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })

// Made once: each formatter holds memory that no garbage collection sees until it is much.
const OWN_ZONE = inZone()
let elsewhere = { timeZone: '', format: OWN_ZONE }

/** Time of day as the agent reads it, always 24 hours and two figures so that a column lines up. */
export function timeOfDay(at: number, timeZone?: string): string {
  if (!timeZone) return OWN_ZONE.format(at)
  if (elsewhere.timeZone !== timeZone) elsewhere = { timeZone, format: known(timeZone) }
  return elsewhere.format.format(at)
}

/** The zone's name came from the visitor's page and need not exist. */
function known(timeZone: string): Intl.DateTimeFormat {
  try {
    return inZone(timeZone)
  } catch {
    return OWN_ZONE
  }
}

export function ordinal(n: number): string {
  const tens = n % 100
  if (tens >= 11 && tens <= 13) return `${n}th`
  return `${n}${['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'}`
}
