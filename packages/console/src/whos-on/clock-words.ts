const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const two = (n: number) => String(n).padStart(2, '0')

/** A running clock: `0:38`, `12:41`, `1:02:05`. Never negative: a clock ahead of us reads 0:00. */
export function clockWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

/** A countdown: it reads 0:01 until the very end, so the last second is not shown as over. */
export const countdownWords = (ms: number): string =>
  clockWords(Math.ceil(Math.max(0, ms) / SECOND) * SECOND)

/** How long ago, short enough for a cell: `just now`, `8 s`, `4 min`, `3 h`, `2 d`. */
export function ageWords(ms: number): string {
  if (ms < 3 * SECOND) return 'just now'
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`
  return `${Math.floor(ms / DAY)} d`
}

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

/** Time of day as the agent reads it, always 24 hours and two figures so that a column lines up. */
export function timeOfDay(at: number, timeZone?: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }).format(at)
  } catch {
    // The zone's name came from the visitor's page and need not exist.
    return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at)
  }
}

export function ordinal(n: number): string {
  const tens = n % 100
  if (tens >= 11 && tens <= 13) return `${n}th`
  return `${n}${['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'}`
}
