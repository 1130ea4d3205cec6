import type { Announcement, Bus } from '../realtime/bus.ts'
import type { HowToCommit, Store, Tx } from '../store/store.ts'
import { isTaken } from '../store/taken.ts'

/** What a work has at hand: the transaction, and what to announce once it is durable. */
export type Work = { readonly tx: Tx; announce(announcement: Announcement): void }
export type Commit = <T>(work: (work: Work) => Promise<T>, how?: HowToCommit) => Promise<T>

/**
 * Nothing is announced before it is committed, and announcements keep the order of the commits:
 * every verb publishes here, the same few steps after COMMIT, and nowhere else.
 */
export function createCommit({ store, bus }: { store: Store; bus: Bus }): Commit {
  return async (work, how) => {
    for (let tries = 1; ; tries++) {
      const said: Announcement[] = []
      try {
        const result = await store.commit((tx) => {
          said.length = 0
          return work({ tx, announce: (announcement) => void said.push(announcement) })
        }, how)
        for (const announcement of said) bus.publish(announcement)
        return result
      } catch (error) {
        // Looking again finds the other's row and answers with the right refusal.
        if (tries < 3 && isTaken(error)) continue
        throw error
      }
    }
  }
}
