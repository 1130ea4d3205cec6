import { useSyncExternalStore } from 'react'

let open = false
const watchers = new Set<() => void>()

function set(now: boolean): void {
  open = now
  for (const watcher of watchers) watcher()
}

/** The menu that asks for the dialog is gone when it comes: it stands in the frame. */
export const openNotifications = (): void => set(true)
export const closeNotifications = (): void => set(false)
export const useNotificationsOpen = (): boolean => useSyncExternalStore(watch, () => open)

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
