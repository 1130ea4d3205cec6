import type { PageView } from '@beckon/protocol'
import type { Visit } from './live.ts'

/** `fresh`: the database has never had it. */
export type PageChange = { readonly visit: Visit; page: PageView; readonly fresh: boolean }

/**
 * Page views that wait for the database, the latest state of each once: a page that came, was named
 * and left between two batches is one row.
 */
export function createUnsavedPages() {
  const byVisit = new Map<Visit, Map<string, PageChange>>()
  let size = 0

  /** What waits of this page, or what waits from now on. */
  function put(change: PageChange): PageChange {
    let changes = byVisit.get(change.visit)
    if (!changes) {
      changes = new Map()
      byVisit.set(change.visit, changes)
    }
    const waiting = changes.get(change.page.id)
    if (waiting) return waiting
    changes.set(change.page.id, change)
    size += 1
    return change
  }

  return {
    get size(): number {
      return size
    },
    changed(visit: Visit, page: PageView, fresh?: 'fresh'): void {
      put({ visit, page, fresh: fresh !== undefined }).page = page
    },
    take(): PageChange[] {
      const all: PageChange[] = []
      for (const changes of byVisit.values())
        for (const change of changes.values()) all.push(change)
      byVisit.clear()
      size = 0
      return all
    },
    /** Never to be stored. */
    drop(which: (visit: Visit) => boolean): void {
      for (const [visit, changes] of byVisit) {
        if (!which(visit)) continue
        byVisit.delete(visit)
        size -= changes.size
      }
    },
    /** They could not be stored. What has changed again meanwhile is newer. */
    back(lost: readonly PageChange[]): void {
      for (const change of lost) {
        const waiting = put(change)
        if (waiting === change) continue
        change.page = waiting.page
        byVisit.get(change.visit)?.set(change.page.id, change)
      }
    },
    /** Gives up what is more than `kept`, and says how many page views were never stored for it. */
    dropOldest(kept: number): number {
      const over = size - kept
      if (over <= 0) return 0
      const oldest = this.take().sort((a, b) => a.page.at - b.page.at)
      this.back(oldest.splice(over))
      return oldest.filter(({ fresh }) => fresh).length
    },
  }
}
