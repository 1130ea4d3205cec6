import { useNow } from '../../server-clock.ts'
import { timeOfDay } from '../clock-words.ts'

const HOUR = 3_600_000

/** The visitor's own time of day, only where it differs from the agent's by an hour or more. */
export function LocalTime({ timeZone }: { timeZone: string | undefined }) {
  const now = useNow()
  if (!timeZone || timeOfDay(now, timeZone) === timeOfDay(now)) return null
  const own = minutesOfDay(now)
  const theirs = minutesOfDay(now, timeZone)
  if (Math.abs(own - theirs) * 60_000 < HOUR) return null
  return <span className="flex-none">{timeOfDay(now, timeZone)} there</span>
}

function minutesOfDay(now: number, timeZone?: string): number {
  const [hours = 0, minutes = 0] = timeOfDay(now, timeZone).split(':').map(Number)
  return hours * 60 + minutes
}
