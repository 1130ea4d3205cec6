import type { PageView } from '@beckon/protocol'

/**
 * What one condition found in the pages of a visit, and in which list of them. A chain, because
 * nearly always there is one or two, and an array keeps room for seventeen.
 */
export type SeenPages = {
  readonly condition: string
  pages: readonly PageView[]
  matching: number
  next: SeenPages | undefined
}

type Visit = { readonly pages: readonly PageView[]; seenPages?: SeenPages | undefined }

/** Conditions remembered per visit: agents try out many, and few are in use at a time. */
const REMEMBERED = 8
/** Looking at so many pages costs no more than remembering what was in them, and no memory. */
const FEW = 2

/**
 * Whether any page of a visit fits. Asked of every visit that changes, thousands of times a second,
 * so pages are looked at once: what was counted is remembered with the list it was counted in, and
 * of a newer list only the pages that differ are looked at. That a page or a list is replaced and
 * never changed in place is what makes comparing by reference enough. The visit remembers it, for
 * all filters with the same condition.
 */
export function anyPage(
  condition: string,
  fits: (page: PageView) => boolean,
): (visit: Visit) => boolean {
  const matching = (pages: readonly PageView[], from: number, to: number): number => {
    let count = 0
    for (let at = from; at < to; at++) if (fits(pages[at] as PageView)) count++
    return count
  }

  function remembered(visit: Visit): SeenPages {
    let count = 0
    for (let seen = visit.seenPages; seen; seen = seen.next) {
      if (seen.condition === condition) return seen
      if (++count === REMEMBERED) seen.next = undefined
    }
    visit.seenPages = { condition, pages: NONE, matching: 0, next: visit.seenPages }
    return visit.seenPages
  }

  return (visit) => {
    const { pages } = visit
    if (pages.length <= FEW) return pages.some(fits)
    const before = remembered(visit)
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

const NONE: readonly PageView[] = Object.freeze([])
