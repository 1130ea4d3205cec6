/*
 * What was started and not stopped yet: a part that fails half-way must not go on under the figures
 * of the next one.
 */

const running = new Set<() => Promise<unknown>>()

/** The same stop, known here until it is called. */
export function untilStopped(stop: () => Promise<void>): () => Promise<void> {
  const once = () => {
    running.delete(once)
    return stop()
  }
  running.add(once)
  return once
}

/** Stops whatever still runs, the newest first; what cannot be stopped is left. */
export async function stopTheRest(): Promise<void> {
  for (const stop of [...running].reverse()) await stop().catch(() => {})
}
