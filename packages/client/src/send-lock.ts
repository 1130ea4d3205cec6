/** Lets one tab of an origin send at a time, so that messages of one chat keep their order. */
export type SendLock = {
  /**
   * Calls `held` once, when it is this tab's turn, and never before it has returned. The result
   * gives the turn back or stops waiting.
   */
  acquire(name: string, held: () => void): () => void
}

/** Storage as the tracker's port gives it. */
export type Storage = {
  get(key: string): string | null | undefined
  set(key: string, value: string | null): void
  watch(key: string, changed: (value: string | null) => void): () => void
}

/** Web Locks where they exist (secure pages): the browser frees the lock of a tab that is gone. */
export function webLock(locks: Pick<LockManager, 'request'>): SendLock {
  return {
    acquire(name, held) {
      const abort = new AbortController()
      let started = false
      let release = () => abort.abort()
      const turn = () =>
        new Promise<void>((resolve) => {
          started = true
          release = resolve
          held()
        })
      locks.request(name, { signal: abort.signal }, turn).catch(() => {
        // Given up while waiting; or refused by the browser (a sandboxed frame), and then two tabs
        // that send are better than none.
        if (!started && !abort.signal.aborted) held()
      })
      return () => release()
    },
  }
}
