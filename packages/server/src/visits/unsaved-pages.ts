import type { PageView } from '@beckon/protocol'
import type { Visit } from './live.ts'

/** `fresh`: the database has never had it. */
export type PageChange = { readonly visit: Visit; page: PageView; readonly fresh: boolean }

/**
 * Page views that wait for the database, the latest state of each once: a page that came, was named
 * and left between two batches is one row.
 */
export function createUnsavedPages() {
  const byVisit = new Map<Visit, PageChange[]>()
  let size = 0

  function changesOf(visit: Visit): PageChange[] {
    const known = byVisit.get(visit)
    if (known) return known
    const none: PageChange[] = []
    byVisit.set(visit, none)
    return none
  }

  return {
    get size(): number {
      return size
    },
    changed(visit: Visit, page: PageView, fresh?: 'fresh'): void {
      const changes = changesOf(visit)
      const waiting = findPage(changes, page.id)
      if (waiting) waiting.page = page
      else {
        changes.push({ visit, page, fresh: fresh !== undefined })
        size += 1
      }
    },
    take(): PageChange[] {
      const all = [...byVisit.values()].flat()
      byVisit.clear()
      size = 0
      return all
    },
    /** They could not be stored. What has changed again meanwhile is newer. */
    back(lost: readonly PageChange[]): void {
      for (const change of lost) {
        const changes = changesOf(change.visit)
        const newer = findPage(changes, change.page.id)
        if (newer) {
          change.page = newer.page
          changes[changes.indexOf(newer)] = change
        } else {
          changes.push(change)
          size += 1
        }
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

/** From the end: what changes is nearly always the newest. */
function findPage(changes: readonly PageChange[], id: string): PageChange | undefined {
  for (let at = changes.length - 1; at >= 0; at--) {
    const change = changes[at]
    if (change?.page.id === id) return change
  }
  return undefined
}
