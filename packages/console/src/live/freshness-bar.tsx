import { RefreshCw, WifiOff } from 'lucide-react'
import { timeOfDay } from '../parts/durations.ts'
import { useNow } from '../server-clock.ts'
import { type Freshness, isOld } from './freshness.ts'
import { live } from './live.ts'
import { useLiveStatus } from './use-freshness.ts'

/**
 * The line over a screen that has stopped moving: for how long, when the next try comes, and what
 * becomes of what the agent does meanwhile. Going and coming back are announced once.
 */
export function FreshnessBar({ freshness }: { freshness: Freshness }) {
  const { lostAt, connected } = useLiveStatus()
  const old = isOld(freshness)
  return (
    <>
      <p role="status" className="sr-only">
        {old ? 'The connection is lost. What you see is old.' : ''}
      </p>
      {old && freshness.kind === 'offline' && (
        <div className="flex flex-none items-center gap-3 border-b border-line bg-red-soft px-5 py-2 text-red-text">
          <WifiOff size={16} aria-hidden />
          <p className="flex-1">
            No network{lostAt ? ` since ${timeOfDay(lostAt)}` : ''}. Drafts are kept, and what you
            send goes out by itself.
          </p>
        </div>
      )}
      {old && freshness.kind === 'stale' && (
        <div className="flex flex-none items-center gap-3 border-b border-line bg-amber-soft px-5 py-2 text-amber-text">
          <RefreshCw size={16} aria-hidden />
          <p className="flex-1">
            The list has not moved for {Math.round(freshness.ageMs / 1000)} s.
            {!connected && <Retry />} Invitations wait until it is back.
          </p>
          <button
            type="button"
            onClick={() => live.retry()}
            className="rounded-item px-1.5 py-0.5 font-semibold hover:underline"
          >
            Try now
          </button>
        </div>
      )}
    </>
  )
}

function Retry() {
  const { retryAt } = useLiveStatus()
  useNow()
  if (retryAt === undefined) return ' Trying again now.'
  return ` Trying again in ${Math.max(1, Math.ceil((retryAt - Date.now()) / 1000))} s.`
}
