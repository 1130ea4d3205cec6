import type { Announcement, Bus, BusListener } from './bus.ts'

/** The bus of one process: listeners hear at once, in the order of publishing. */
export function createMemoryBus({ fault }: { fault?: (error: unknown) => void } = {}): Bus & {
  /** What another node has published. */
  deliver(announcement: Announcement): void
} {
  const listeners = new Set<BusListener>()

  function tell(announcement: Announcement, from?: 'elsewhere'): void {
    // One listener's fault is not the publisher's, nor the next listener's.
    for (const listener of [...listeners]) {
      try {
        listener(announcement, from)
      } catch (error) {
        fault?.(error)
      }
    }
  }

  return {
    publish: (announcement) => tell(announcement),
    deliver: (announcement) => tell(announcement, 'elsewhere'),
    subscribe(listener) {
      // Subscribing one function twice is two subscriptions.
      const own: BusListener = (announcement, from) => listener(announcement, from)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
