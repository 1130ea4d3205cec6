import type { Announcement, Bus } from './bus.ts'

/** The bus of one process: listeners hear at once, in the order of publishing. */
export function createMemoryBus({ fault }: { fault?: (error: unknown) => void } = {}): Bus {
  const listeners = new Set<(announcement: Announcement) => void>()
  return {
    publish(announcement) {
      // One listener's fault is not the publisher's, nor the next listener's.
      for (const listener of [...listeners]) {
        try {
          listener(announcement)
        } catch (error) {
          fault?.(error)
        }
      }
    },
    subscribe(listener) {
      // Subscribing one function twice is two subscriptions.
      const own = (announcement: Announcement) => listener(announcement)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
