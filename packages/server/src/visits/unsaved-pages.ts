import type { PageView } from '@beckon/protocol'
import type { Visit } from './live.ts'

export type PageChange = { readonly visit: Visit; readonly page: PageView }

/**
 * Page views that wait for the database, the latest state of each once: a page that came, was named
 * and left between two batches is one row.
 */
export function createUnsavedPages() {
  const byVisit = new Map<Visit, PageView[]>()
  let size = 0

  function pagesOf(visit: Visit): PageView[] {
    const known = byVisit.get(visit)
    if (known) return known
    const fresh: PageView[] = []
    byVisit.set(visit, fresh)
    return fresh
  }

  return {
    get size(): number {
      return size
    },
    changed(visit: Visit, page: PageView): void {
      const pages = pagesOf(visit)
      const at = placeOf(pages, page.id)
      if (at >= 0) pages[at] = page
      else {
        pages.push(page)
        size += 1
      }
    },
    take(): PageChange[] {
      const changes: PageChange[] = []
      for (const [visit, pages] of byVisit) for (const page of pages) changes.push({ visit, page })
      byVisit.clear()
      size = 0
      return changes
    },
    /** They could not be stored. What has changed again meanwhile is newer. */
    back(changes: readonly PageChange[]): void {
      for (const { visit, page } of changes) {
        const pages = pagesOf(visit)
        if (placeOf(pages, page.id) >= 0) continue
        pages.push(page)
        size += 1
      }
    },
    /** Gives up what is more than `kept`, and says how much that was. */
    dropOldest(kept: number): number {
      const over = Math.max(0, size - kept)
      if (over === 0) return 0
      const oldest = this.take().sort((a, b) => a.page.at - b.page.at)
      this.back(oldest.slice(over))
      return over
    },
  }
}

/** From the end: what changes is nearly always the newest. */
function placeOf(pages: readonly PageView[], id: string): number {
  let at = pages.length - 1
  while (at >= 0 && pages[at]?.id !== id) at -= 1
  return at
}
