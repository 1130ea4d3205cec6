/** Who waits, by the signal that ends their waiting. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Waits, or until the signal. The platform's own goes through everybody who waits on a signal each
 * time one begins or ends: among ten thousand that costs more than all else they do.
 */
export function waitOn(signal: AbortSignal, ms: number): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  const all = whoWaitsOn(signal)
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      all.delete(end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    all.add(end)
  })
}

function whoWaitsOn(signal: AbortSignal): Set<() => void> {
  const known = waiting.get(signal)
  if (known) return known
  const all = new Set<() => void>()
  waiting.set(signal, all)
  const endAll = () => {
    for (const end of [...all]) end()
  }
  signal.addEventListener('abort', endAll, { once: true })
  return all
}
