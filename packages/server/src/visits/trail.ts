import type { PageView, Timestamp } from '@beckon/protocol'

/** Pages of one visit kept in memory; the database has them all. */
const KEPT = 500
/** From this many on an id is looked up instead of looked for, and a list may have room to grow. */
const MANY = 8

const NONE: readonly PageView[] = Object.freeze([])

/**
 * The pages of one visit, oldest first. A list that was given out and the pages in it are replaced,
 * never changed in place, so whoever holds one may compare by reference. A visit of hundreds of pages
 * costs little more for each than one of three.
 */
export class Trail {
  #pages: readonly PageView[]
  /** Nobody else has seen the list: it may grow as it is. */
  #isOwn = false
  /** Pages without an end, nearly always the newest. */
  #open: number
  #ids: Set<string> | undefined

  constructor(pages: readonly PageView[] = NONE) {
    this.#pages = pages
    this.#open = pages.filter(isOpen).length
  }

  get pages(): readonly PageView[] {
    this.#isOwn = false
    return this.#pages
  }

  has(id: string): boolean {
    if (this.#pages.length < MANY) return this.#pages.some((page) => page.id === id)
    this.#ids ??= new Set(this.#pages.map((page) => page.id))
    return this.#ids.has(id)
  }

  /** Adds a page; those before it that nobody has open any more end here, and are given back. */
  add(view: PageView, isShown: (id: string) => boolean): PageView[] {
    const pages = this.#with(view)
    this.#ids?.add(view.id)
    const ended = this.#end(pages, isShown, view.at)
    this.#open += 1
    if (pages.length > KEPT) this.#forget(pages.shift())
    return ended
  }

  #with(view: PageView): PageView[] {
    const isMine = this.#isOwn && this.#pages.length >= MANY
    const pages = isMine ? (this.#pages as PageView[]) : this.#pages.concat(view)
    if (isMine) pages.push(view)
    this.#pages = pages
    this.#isOwn = true
    return pages
  }

  /** Pages as another node has them: changed ones, and those that are new. */
  merge(pages: readonly PageView[]): void {
    if (pages.length === 0) return
    const byId = new Map(this.#pages.map((page) => [page.id, page]))
    for (const page of pages) byId.set(page.id, page)
    this.#pages = [...byId.values()].slice(-KEPT)
    this.#open = this.#pages.filter(isOpen).length
    this.#ids = undefined
  }

  /** Gives the page back if that changed it. */
  rename(id: string, title: string): PageView | undefined {
    const at = this.#pages.findLastIndex((page) => page.id === id)
    const page = this.#pages[at]
    if (!page || page.title === title) return undefined
    const renamed = { ...page, title }
    this.#pages = this.#pages.with(at, renamed)
    return renamed
  }

  #end(pages: PageView[], isShown: (id: string) => boolean, now: Timestamp): PageView[] {
    const ended: PageView[] = []
    for (let at = pages.length - 2, left = this.#open; left > 0 && at >= 0; at--) {
      const page = pages[at]
      if (!page || !isOpen(page)) continue
      left -= 1
      if (isShown(page.id)) continue
      const done = { ...page, stayed: Math.max(0, now - page.at) }
      pages[at] = done
      ended.push(done)
      this.#open -= 1
    }
    return ended
  }

  #forget(oldest: PageView | undefined): void {
    if (!oldest) return
    this.#ids?.delete(oldest.id)
    if (isOpen(oldest)) this.#open -= 1
  }
}

const isOpen = (page: PageView): boolean => page.stayed === undefined
