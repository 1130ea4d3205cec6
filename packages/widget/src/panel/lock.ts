import { newClientId, type SendLock, webLock } from '@beckon/client/outbox'
import type { Port } from '../../../tracker/src/port.ts'

/** One tab sends at a time: by Web Locks, or on pages without them by a lease that is loaded for it. */
export function sendLock({ storage, timers }: Port): SendLock {
  if (navigator.locks) return webLock(navigator.locks)
  const owner = newClientId()
  return {
    acquire(name, held) {
      let leave: (() => void) | undefined
      let isOver = false
      import('@beckon/client/lease-lock').then(
        ({ leaseLock }) => {
          const lease = leaseLock(storage, { timers, now: Date.now, owner })
          if (!isOver) leave = lease.acquire(name, held)
        },
        // Two tabs that send are better than none.
        () => isOver || held(),
      )
      return () => {
        isOver = true
        leave?.()
      }
    },
  }
}
