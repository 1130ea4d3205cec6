/** 75 s → “1:15”; from an hour on “1:02:05”. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`
}

/** “just now”, “8 s”, “4 min”, “3 h”, “2 days”. */
export function shortAge(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  if (seconds < 2) return 'just now'
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`
  const days = Math.floor(seconds / 86_400)
  return days === 1 ? '1 day' : `${days} days`
}

// Made once: each formatter holds memory that no garbage collection sees until it is much.
const TIME_OF_DAY = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

/** “14:31” in the agent's own zone. */
export const timeOfDay = (at: number): string => TIME_OF_DAY.format(at)
