import { useNow } from '../server-clock.ts'
import { clockTime, shortAge } from './durations.ts'

type ElapsedProps = {
  /** Server time it counts from. */
  since: number
  /** Stops here instead of running on. */
  until?: number | undefined
  /** `clock` 1:23:45, `age` “8 s”, “4 min”. */
  as?: 'clock' | 'age'
  className?: string
}

/** A running time by the server's clock, one tick a second. */
export function Elapsed({ since, until, as = 'clock', className }: ElapsedProps) {
  const now = useNow()
  const ms = Math.max(0, (until ?? now) - since)
  return (
    <span className={className ?? 'tabular-nums'}>
      {as === 'clock' ? clockTime(ms) : shortAge(ms)}
    </span>
  )
}
