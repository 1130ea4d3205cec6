import type { ReactNode } from 'react'

/** What happened, in one line; never the only place where a fact is shown. */
export type ToastWords = {
  text: string
  second?: string
  icon?: ReactNode
  /**
   * With `seconds` the action can be taken only so long: the toast counts down, stands still under
   * pointer and focus, and then leaves.
   */
  action?: { label: string; onAct: () => void; seconds?: number }
  /** What it tells of: it goes when that stands on the screen. */
  about?: string | undefined
  /** It has left the screen, however that came. */
  onGone?: () => void
}
export type ShownToast = ToastWords & { id: number }

let shown: readonly ShownToast[] = []
let lastId = 0
const watchers = new Set<() => void>()

function replace(next: readonly ShownToast[]): void {
  const left = shown.filter((entry) => !next.includes(entry))
  shown = next
  for (const watcher of watchers) watcher()
  for (const { onGone } of left) onGone?.()
}

export const toast = {
  /** One at a time; the next waits, but one that can be undone comes at once. */
  show(words: ToastWords): { close: () => void } {
    lastId += 1
    const entry = { ...words, id: lastId }
    replace(words.action?.seconds ? [entry, ...shown.slice(1)] : [...shown, entry])
    return { close: () => toast.close(entry.id) }
  },
  close(id: number): void {
    replace(shown.filter((entry) => entry.id !== id))
  },
  closeAbout(what: string): void {
    if (shown.some(({ about }) => about === what)) {
      replace(shown.filter(({ about }) => about !== what))
    }
  },
}

export const toastQueue = {
  get: (): readonly ShownToast[] => shown,
  watch(watcher: () => void): () => void {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  },
}
