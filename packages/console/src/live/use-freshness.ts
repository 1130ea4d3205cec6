import { useEffect, useState, useSyncExternalStore } from 'react'
import { useNow } from '../server-clock.ts'
import { type Freshness, freshnessOf } from './freshness.ts'
import { type LiveStatus, live } from './live.ts'

/** Whether the connection is there. Looking at it opens it. */
export const useLiveStatus = (): LiveStatus => useSyncExternalStore(live.watch, live.status)

/** How old the screen is, looked at once a second. `intervalMs` as the window says it. */
export function useFreshness(intervalMs = 250): Freshness {
  const { connected, everConnected } = useLiveStatus()
  const network = useNetwork()
  useNow()
  const last = live.lastFrameAt()
  return freshnessOf({
    connected,
    everConnected,
    network,
    ageMs: last === 0 ? 0 : Math.max(0, Date.now() - last),
    intervalMs,
  })
}

/** What the browser believes about the network; it errs towards yes. */
export const useNetwork = (): boolean => useSyncExternalStore(watchNetwork, () => navigator.onLine)

function watchNetwork(watcher: () => void): () => void {
  window.addEventListener('online', watcher)
  window.addEventListener('offline', watcher)
  return () => {
    window.removeEventListener('online', watcher)
    window.removeEventListener('offline', watcher)
  }
}

/** True once `value` has been true for `ms`: what passes at once is not worth showing. */
export function useLasting(value: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!value) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return value && lasting
}
