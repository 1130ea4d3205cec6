/**
 * Waits, by real time, until something holds or patience ends. For shutting down only: sockets and
 * the kernel keep their own time, whatever clock the product was given.
 */
export async function waitUntil(holds: () => boolean, patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs
  while (!holds()) {
    if (performance.now() >= until) return false
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return true
}
