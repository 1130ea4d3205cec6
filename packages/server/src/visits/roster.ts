import { CLOSE, type Page, type PageView, type Timestamp, type VisitId } from '@beckon/protocol'
import type { Clock } from '../time/clock.ts'
import type { History } from './history.ts'
import { NO_TABS, OUTRANKS, OUTRANKS_ALL, type Visit } from './live.ts'
import { createRegister } from './register.ts'
import { keptKeysOf, scrubUrl } from './scrub-url.ts'
import type { Signals } from './signals.ts'
import type { Tab } from './tab.ts'
import type { TabLooks } from './tab-looks.ts'
import { arrived, type Limits, lost, type RemovedBy, removed, stopped } from './visit.ts'

export type Happening =
  | 'arrived'
  | 'navigated'
  | 'pending'
  | 'removed'
  | 'reset'
  | 'changed'
  | 'identified'

type Change = { type: Happening; visit: Visit }

export type Roster = ReturnType<typeof createRoster>

/**
 * Every visit not yet gone, and everything that may happen to one, all of it without waiting: what
 * a frame says is in the list when the next frame is read.
 */
export function createRoster(deps: {
  clock: Clock
  history: History
  tabLooks: Pick<TabLooks, 'sayLook'>
  signals: Signals
  limits: Limits
  /** Tells other nodes, where there are some. */
  share?: (visit: Visit) => void
}) {
  const { clock, history, tabLooks, signals, limits, share = () => {} } = deps
  const visits = new Map<VisitId, Visit>()
  const register = createRegister(clock)
  let oldSince: Timestamp | undefined
  const touchListeners = new Set<(visit: Visit) => void>()
  const listeners = new Set<(change: Change) => void>()

  function changed(visit: Visit): void {
    if (!visit.elsewhere) history.visitChanged(visit)
    share(visit)
    touched(visit)
  }

  function touched(visit: Visit): void {
    for (const listener of touchListeners) listener(visit)
  }

  function tell(type: Happening, visit: Visit): void {
    for (const listener of listeners) listener({ type, visit })
  }

  /** Something happens to it here, so this node decides from now on, and writes it down. */
  function takeHome(visit: Visit): void {
    if (!visit.elsewhere) return
    visit.home = undefined
    visit.saved = false
    // Also where nothing else changes: of two homes neither would hear of the other.
    share(visit)
    if (visit.row.asOf === undefined) return
    visit.edit((row) => {
      delete row.asOf
    })
  }

  /** Somebody wants it so: a page on another node that does not know yet changes nothing. */
  function decide(visit: Visit, rank: number): void {
    takeHome(visit)
    visit.version += rank
  }

  /** The row shows the page of the tab that has the visitor's attention. */
  function showCurrent(visit: Visit): void {
    visit.settleAt = 0
    const tab = visit.currentTab()
    if (!tab || (tab.url === visit.row.url && tab.title === visit.row.title)) return
    visit.edit((row) => {
      row.url = tab.url
      row.title = tab.title
    })
  }

  function rename(visit: Visit, pageId: string, title: string): void {
    const renamed = visit.trail.rename(pageId, title)
    if (renamed) history.pageChanged(visit, renamed)
  }

  function setState(visit: Visit, state: Visit['state']): void {
    const before = visit.state.status
    visit.become(state)
    if (before === state.status) return
    if (state.status === 'gone') forget(visit)
    changed(visit)
    if (state.status === 'removed') tell('removed', visit)
    if (
      state.status === 'pending' &&
      !visit.visitor.visits.some((one) => one.state.status === 'active')
    ) {
      tell('pending', visit)
    }
  }

  function forget(visit: Visit): void {
    const { visitor } = visit
    visits.delete(visit.id)
    visitor.visits = visitor.visits.filter((one) => one !== visit)
    register.forgetEmpty(visitor)
  }

  /** Counts the page as a hit unless this visit has seen it; false when it had. */
  function recordPage(visit: Visit, tab: Tab, page: Page): boolean {
    const now = clock.now()
    tab.pageId = page.id
    tab.url = scrubUrl(page.url, keptKeysOf(visit.site))
    tab.title = page.title
    if (page.links) tab.links = page.links
    if (!visit.row.bot) signals.links(visit.siteId, tab.links)
    visit.seenAt = now
    if (visit.trail.has(page.id)) {
      rename(visit, page.id, page.title)
      showCurrent(visit)
      return false
    }
    const view: PageView = { id: page.id, at: now, url: tab.url, title: page.title }
    for (const ended of visit.trail.add(view, (id) => isShown(visit, id)))
      history.pageChanged(visit, ended)
    const current = visit.currentTab() === tab
    visit.settleAt = 0
    visit.edit((row) => {
      row.hits += 1
      row.navigatedAt = now
      if (!current) return
      row.url = tab.url
      row.title = tab.title
    })
    history.pageChanged(visit, view, 'fresh')
    if (signals.hit(visit, view, page.url)) {
      visit.edit((row) => {
        row.test = true
      })
    }
    return true
  }

  return {
    visits,
    register,
    changed,
    touched,
    share,
    tell,
    setState,
    recordPage,
    forget,
    takeHome,
    showCurrent,
    cut,

    onTouch(listener: (visit: Visit) => void): () => void {
      touchListeners.add(listener)
      return () => void touchListeners.delete(listener)
    },
    onChange(listener: (change: Change) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    add(visit: Visit): void {
      visits.set(visit.id, visit)
      visit.visitor.visits = visit.visitor.visits.concat(visit)
    },

    /** Since when other nodes cannot be heard; undefined while they can. */
    get oldSince(): Timestamp | undefined {
      return oldSince
    },
    /** Visits of other nodes freeze, and say so; or they are heard again. */
    age(since: Timestamp | undefined): void {
      if (since === oldSince) return
      oldSince = since
      for (const visit of visits.values()) {
        if (!visit.elsewhere || visit.row.asOf === since) continue
        visit.edit((row) => {
          if (since === undefined) delete row.asOf
          else row.asOf = since
        })
        touched(visit)
      }
    },

    attach(visit: Visit, tab: Tab): void {
      takeHome(visit)
      tab.visit = visit
      visit.own = visit.own.concat(tab)
      setState(visit, arrived(visit.state))
    },

    /** A page within a visit that is going on (SPA navigation, virtual page view). */
    page(tab: Tab, page: Page): void {
      const { visit } = tab
      takeHome(visit)
      setState(visit, arrived(visit.state))
      const counted = recordPage(visit, tab, page)
      changed(visit)
      if (counted) tell('navigated', visit)
      tabLooks.sayLook(tab)
    },

    pageUpdate(tab: Tab, page: Page): void {
      const { visit } = tab
      if (page.id !== tab.pageId) return
      const moved = tab.title !== page.title
      tab.title = page.title
      if (page.links) tab.links = page.links
      tabLooks.sayLook(tab)
      if (!moved) return
      takeHome(visit)
      rename(visit, page.id, page.title)
      if (visit.currentTab() === tab) showCurrent(visit)
      changed(visit)
      tell('changed', visit)
    },

    attention(tab: Tab, sight: { visible: boolean; focused: boolean; active?: boolean }): void {
      const { visit } = tab
      const now = clock.now()
      tab.visible = sight.visible
      tab.focused = sight.focused
      if (sight.focused) tab.focusedAt = now
      if (sight.active && sight.visible) visit.inputAt = now
      visit.seenAt = now
      share(visit)
      if (!sight.focused || !visit.open || visit.elsewhere) return
      const before = visit.row
      showCurrent(visit)
      if (visit.row === before) return
      changed(visit)
      tell('changed', visit)
    },

    /** The tab's connection is gone. The row keeps its page for the grace: it may be a reload. */
    closed(tab: Tab, reason: 'silent' | 'closed'): void {
      const { visit } = tab
      if (!visit.own.includes(tab)) return
      visit.own = visit.own.filter((one) => one !== tab)
      const now = clock.now()
      visit.seenAt = now
      share(visit)
      if (!visit.elsewhere) {
        if (visit.tabs.length === 0) setState(visit, lost(visit.state, now, reason))
        else visit.settleAt = now + limits.graceMs
      }
      tell('changed', visit)
    },

    /** A page is connected after all, to this node or another one. */
    backAgain(visit: Visit): void {
      setState(visit, arrived(visit.state))
      changed(visit)
      tell('changed', visit)
    },

    /** Of the last page connected to another node nothing is left. */
    emptied(visit: Visit, reason: 'silent' | 'closed'): void {
      setState(visit, lost(visit.state, clock.now(), reason))
      tell('changed', visit)
    },

    stop(visit: Visit): void {
      takeHome(visit)
      cut(visit)
      setState(visit, stopped(visit.state, clock.now(), 'stopped'))
    },

    remove(visit: Visit, reason: RemovedBy = 'by_hand'): void {
      decide(visit, OUTRANKS)
      cut(visit)
      setState(visit, removed(visit.state, reason, clock.now(), limits))
    },

    /** Out of the list at once and for good, without the minute in grey. */
    drop(visit: Visit): void {
      decide(visit, OUTRANKS_ALL)
      cut(visit)
      setState(visit, removed(visit.state, 'by_hand', clock.now(), limits))
      setState(visit, { status: 'gone' })
    },
  }

  function cut(visit: Visit): void {
    const cut = visit.own
    visit.own = NO_TABS
    for (const tab of cut) tab.line.close(CLOSE.stopped, 'stopped')
  }
}

function isShown(visit: Visit, pageId: string): boolean {
  for (const tab of visit.tabs) if (tab.pageId === pageId) return true
  return false
}
