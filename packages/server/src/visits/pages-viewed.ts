import type { PageView } from '@beckon/protocol'

type Visit = { readonly pages: readonly PageView[] }
type Seen = { pages: readonly PageView[]; matching: number }

/**
 * Whether any page of a visit fits. Asked of every visit that changes, thousands of times a second,
 * so pages are looked at once: what was counted is remembered with the list it was counted in, and
 * of a newer list only the pages that differ are looked at. That a page or a list is replaced and
 * never changed in place is what makes comparing by reference enough.
 */
export function anyPage(fits: (page: PageView) => boolean): (visit: Visit) => boolean {
  const seen = new WeakMap<Visit, Seen>()
  const matching = (pages: readonly PageView[], from: number, to: number): number => {
    let count = 0
    for (let at = from; at < to; at++) if (fits(pages[at] as PageView)) count++
    return count
  }
  return (visit) => {
    const { pages } = visit
    const before = seen.get(visit)
    if (!before) {
      const count = matching(pages, 0, pages.length)
      seen.set(visit, { pages, matching: count })
      return count > 0
    }
    if (before.pages !== pages) {
      const old = before.pages
      // The oldest page may have been let go.
      const shift = pages[0] !== old[0] && pages[0] === old[1] ? 1 : 0
      let same = 0
      while (same < pages.length && pages[same] === old[same + shift]) same++
      let tail = 0
      const most = Math.min(pages.length, old.length - shift) - same
      while (tail < most && pages.at(-1 - tail) === old.at(-1 - tail)) tail++
      before.matching +=
        matching(pages, same, pages.length - tail) -
        matching(old, same + shift, old.length - tail) -
        matching(old, 0, shift)
      before.pages = pages
    }
    return before.matching > 0
  }
}
