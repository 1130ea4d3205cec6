/** What the module needs of the log. */
export type FaultLog = { error(details: object, message: string): void }

/**
 * Work nobody waits for: timers, bus and presence changes. Its failures are logged here, once, and
 * never become unhandled rejections; tests and stopping wait for it.
 */
export type Background = {
  run(what: string, work: () => Promise<unknown>): void
  settled(): Promise<void>
}

export function createBackground({ log }: { log: FaultLog }): Background {
  const running = new Set<Promise<void>>()
  return {
    run(what, work) {
      const promise: Promise<void> = work()
        .then(
          () => undefined,
          (error: unknown) => log.error({ error, what }, 'Background work failed'),
        )
        .finally(() => running.delete(promise))
      running.add(promise)
    },
    async settled() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
