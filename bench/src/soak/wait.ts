import { setTimeout as pause } from 'node:timers/promises'

/** Waits for a fact; milliseconds that took. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<number> {
  const from = performance.now()
  while (!(await holds())) {
    if (performance.now() - from > withinMs) {
      throw new Error(`not within ${Math.round(withinMs / 1_000)} s: ${what}`)
    }
    await pause(20)
  }
  return performance.now() - from
}
