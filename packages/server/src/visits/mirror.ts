import type { SiteId, VisitId, VisitorId } from '@beckon/protocol'
import type { Directory, Site } from '../directory/directory.ts'
import { Visit } from './live.ts'
import { type Person, Visitor } from './live-visitor.ts'
import type { Over } from './over.ts'
import type { Happening, Roster } from './roster.ts'
import {
  ownHits,
  type SharedTabs,
  type SharedVisit,
  sumOf,
  type VisitGone,
} from './shared-visit.ts'
import { createUnpacking } from './unpacking.ts'

/**
 * Visits of other nodes in this one's list, as they are told. One node at a time is a visit's home
 * and decides what becomes of it: the one where something last happened. Of two tellings the one
 * with the higher version holds; each node that takes a visit home counts it up. Between a telling
 * and an end of one version the end holds, and what is older than an end brings nobody back.
 */
export function createMirror({
  name,
  roster,
  directory,
  over,
}: {
  name: string
  roster: Roster
  directory: Directory
  over: Over
}) {
  /** Told before their site was known here. */
  const early = new Map<string, { node: string; told: SharedVisit }>()
  const unpacked = createUnpacking()

  function heard(node: string, told: SharedVisit): void {
    const site = directory.now.sites.get(told.siteId as SiteId)
    if (!site) return void early.set(told.id, { node, told })
    const visit = roster.visits.get(told.id as VisitId)
    if (!visit) {
      if (!over.covers(told.id as VisitId, told.version)) added(node, told, site)
      return
    }
    const before = visit.tabs.length
    const moreHits = absorb(visit, node, told)
    if (isNewer(visit, told.version, node)) return void followed(visit, node, told)
    if (moreHits) roster.touched(visit)
    if (visit.elsewhere) return
    if (!pagesMoved(visit, before)) roster.showCurrent(visit)
    // It does not know yet what was decided here.
    roster.changed(visit)
  }

  /** Decided here: what pages of other nodes, that came or went, make of it. False: nothing. */
  function pagesMoved(visit: Visit, before: number): boolean {
    const now = visit.tabs.length
    if (now === 0 && before > 0) roster.emptied(visit, 'closed')
    else if (now > 0 && before === 0 && visit.open) roster.backAgain(visit)
    else return false
    return true
  }

  /** What every node knows best of itself holds, however old the rest of it is. */
  function absorb(
    visit: Visit,
    node: string,
    told: Pick<SharedVisit, 'tabs' | 'pages' | 'hits'>,
  ): boolean {
    setFar(visit, node, told.tabs)
    visit.trail.merge(unpacked.pages(told.pages))
    const own = ownHits(visit)
    const { [name]: _, ...others } = told.hits
    visit.farHits = unpacked.hits(visit.farHits, others)
    const hits = own + sumOf(visit.farHits)
    // Two nodes that both took it home: the page that came last is when somebody last navigated.
    const navigatedAt = told.pages.reduce(
      (at, page) => Math.max(at, page.at),
      visit.row.navigatedAt,
    )
    if (hits === visit.row.hits && navigatedAt === visit.row.navigatedAt) return false
    visit.edit((row) => {
      row.hits = hits
      row.navigatedAt = navigatedAt
    })
    return true
  }

  /** Equal ones come of two homes at once: the greater name holds everywhere. */
  const isNewer = (visit: Visit, version: number, node: string): boolean =>
    version > visit.version || (version === visit.version && node > (visit.home ?? name))

  function added(node: string, told: SharedVisit, site: Site): void {
    const visitor = roster.register.visitors.get(told.visitor.id as VisitorId)
    const one = visitor ?? new Visitor(told.visitor.id as VisitorId, site.brandId, 0)
    if (one.brandId !== site.brandId) return
    follow(one, told)
    if (!visitor) roster.register.add(one)
    const visit = new Visit({
      row: unpacked.row(told, one, site.id),
      visitor: one,
      site,
      privacy: told.privacy,
      state: unpacked.state(told),
    })
    visit.home = unpacked.text(node)
    visit.saved = true
    visit.row.hits = 0
    absorb(visit, node, told)
    take(visit, told)
    roster.add(visit)
    roster.touched(visit)
    roster.tell('arrived', visit)
  }

  function followed(visit: Visit, node: string, told: SharedVisit): void {
    const before = { navigatedAt: visit.row.navigatedAt, status: visit.state.status }
    const renamed = follow(visit.visitor, told)
    // What stands of it in this node's name has to go.
    if (!visit.elsewhere) roster.share(visit)
    visit.home = unpacked.text(node)
    visit.state = unpacked.state(told)
    const navigatedAt = Math.max(before.navigatedAt, told.row.navigatedAt)
    const row = unpacked.row(told, visit.visitor, visit.siteId)
    visit.row = { ...row, hits: visit.row.hits, navigatedAt }
    take(visit, told)
    if (visit.own.length > 0 && !keepOwn(visit)) return
    roster.touched(visit)
    roster.tell(happened(before, visit), visit)
    if (renamed) renameOthers(visit)
  }

  /** Pages are connected here. False when this made the visit ours again. */
  function keepOwn(visit: Visit): boolean {
    const { state } = visit
    if (state.status === 'active' && state.lostAt === undefined) return true
    if (state.status === 'removed' || (state.status === 'pending' && state.reason === 'stopped')) {
      roster.share(visit)
      roster.cut(visit)
      return true
    }
    // Its home had not heard of them yet.
    roster.takeHome(visit)
    roster.showCurrent(visit)
    roster.backAgain(visit)
    return false
  }

  function take(visit: Visit, told: SharedVisit): void {
    visit.version = told.version
    visit.privacy = told.privacy
    visit.place = unpacked.place(told.place)
    visit.engine = unpacked.text(told.engine)
    visit.timeZone = unpacked.text(told.timeZone)
    visit.screen = unpacked.text(told.screen)
    visit.inputAt = told.inputAt
    visit.seenAt = told.seenAt
  }

  function setFar(visit: Visit, node: string, tabs: SharedTabs['tabs']): void {
    const others = visit.far.filter((tab) => tab.node !== node)
    if (others.length === visit.far.length && tabs.length === 0) return
    visit.far = others.concat(unpacked.tabs(node, visit.siteId, tabs))
  }

  /** What is known of the visitor as another node knows it; true when that changes their rows. */
  function follow(visitor: Visitor, { visitor: told }: SharedVisit): boolean {
    const before = JSON.stringify([
      visitor.displayName,
      visitor.username,
      visitor.email,
      visitor.person,
    ])
    roster.register.know(visitor, told)
    visitor.displayName = told.displayName
    visitor.username = told.username
    visitor.email = told.email
    visitor.attributes = unpacked.attributes(told.attributes)
    visitor.person = told.person as Person | undefined
    visitor.visitCount = Math.max(visitor.visitCount, told.visitCount)
    visitor.firstSeenAt = told.firstSeenAt
    visitor.saved = true
    return (
      before !==
      JSON.stringify([visitor.displayName, visitor.username, visitor.email, visitor.person])
    )
  }

  function renameOthers({ id, visitor }: Visit): void {
    for (const visit of visitor.visits) {
      if (visit.id === id || visit.elsewhere) continue
      visit.refresh()
      roster.changed(visit)
    }
  }

  function heardTabs(node: string, told: SharedTabs): void {
    const visit = roster.visits.get(told.id as VisitId)
    if (!visit) return
    const { row } = visit
    const before = visit.tabs.length
    absorb(visit, node, { ...told, hits: { [node]: told.hits } })
    if (visit.elsewhere) return void roster.touched(visit)
    if (pagesMoved(visit, before)) return
    roster.showCurrent(visit)
    if (visit.row !== row) roster.changed(visit)
  }

  /** The visit, where it goes on here and whoever ended it did not know that. */
  function heardGone({ id, version }: VisitGone): Visit | undefined {
    early.delete(id)
    over.add(id as VisitId, version)
    const visit = roster.visits.get(id as VisitId)
    if (!visit) return undefined
    if (version < visit.version) return visit.elsewhere ? undefined : visit
    vanish(visit)
    return undefined
  }

  /** Out of the list: its home says so, or has nothing about it any more. */
  function vanish(visit: Visit): void {
    // What this node has told of it has to go; others may have heard that later than the end.
    if (!visit.elsewhere || visit.own.length > 0) roster.share(visit)
    roster.cut(visit)
    visit.become({ status: 'gone' })
    roster.forget(visit)
    roster.touched(visit)
    roster.tell('changed', visit)
  }

  return {
    heard,
    heardTabs,
    heardGone,
    vanish,
    /** A site that was told of before is known now. */
    lookAgain(): void {
      for (const [id, { node, told }] of [...early]) {
        if (!directory.now.sites.has(told.siteId as SiteId)) continue
        early.delete(id)
        heard(node, told)
      }
    },
    /** Without the pages of a node that is gone. */
    forgetTabs: (visit: Visit, node: string): void => setFar(visit, node, []),
  }
}

function happened(before: { navigatedAt: number; status: string }, visit: Visit): Happening {
  const { status } = visit.state
  if (status !== before.status && status === 'removed') return 'removed'
  if (status !== before.status && status === 'pending') return 'pending'
  return visit.row.navigatedAt > before.navigatedAt ? 'navigated' : 'changed'
}
