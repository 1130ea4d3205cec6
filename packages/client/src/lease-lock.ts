import type { Timers } from './connection.ts'
import type { SendLock, Storage } from './send-lock.ts'

/** How long the turn of a tab that is gone, or slowed down in the background, holds up the others. */
const LEASE_MS = 5_000
const RENEW_MS = 2_000
/** Two tabs may write at the same moment: the one that still stands after this holds the lease. */
const SETTLE_MS = 50

/** A lease in storage that expires when its tab is gone. May fail over, never fails shut. */
export function leaseLock(
  storage: Storage,
  { timers, now, owner }: { timers: Timers; now: () => number; owner: string },
): SendLock {
  return {
    acquire(name, held) {
      const key = `lease:${name}`
      let cancel = () => {}
      let mine = false

      const write = () => storage.set(key, `${now() + LEASE_MS} ${owner}`)
      const holder = () => {
        const [until, by] = (storage.get(key) ?? '').split(' ')
        // A deadline too far ahead comes from another clock, or from nonsense.
        const left = Number(until) - now()
        return left > 0 && left <= LEASE_MS ? by : undefined
      }
      const renew = () => {
        write()
        cancel = timers.after(RENEW_MS, renew)
      }
      const settle = () => {
        if (holder() !== owner) return attempt()
        mine = true
        renew()
        held()
      }
      const attempt = () => {
        const by = holder()
        if (by !== undefined && by !== owner) {
          cancel = timers.after(RENEW_MS / 4, attempt)
          return
        }
        write()
        cancel = timers.after(SETTLE_MS, settle)
      }

      attempt()
      return () => {
        cancel()
        if (mine && holder() === owner) storage.set(key, null)
        mine = false
      }
    },
  }
}
