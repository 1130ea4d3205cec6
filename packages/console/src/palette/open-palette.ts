import { useSyncExternalStore } from 'react'

let open = false
const watchers = new Set<() => void>()

/** Opened by a key anywhere and by the field in each top bar; there is one for all of them. */
export function setPaletteOpen(now: boolean): void {
  open = now
  for (const watcher of watchers) watcher()
}

export const usePaletteOpen = (): boolean => useSyncExternalStore(watch, () => open)

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
