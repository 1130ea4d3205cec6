import type { Page, PrivacyLevel, VisitId, VisitorHello, VisitorId } from '@beckon/protocol'
import type { Site } from '../directory/directory.ts'
import type { Geo } from '../geo/geo.ts'
import { newId } from '../ids.ts'
import type { Clock } from '../time/clock.ts'
import { type Caller, firstVisit, nextVisit } from './beginnings.ts'
import type { History } from './history.ts'
import type { Visit } from './live.ts'
import { Visitor } from './live-visitor.ts'
import type { Over } from './over.ts'
import type { Roster } from './roster.ts'
import type { Tab } from './tab.ts'
import { hashOfToken } from './tokens.ts'
import { stopped } from './visit.ts'

export type Comings = ReturnType<typeof createComings>

/** New visitors, visits that begin, and tabs that come to stand in another one. */
export function createComings({
  clock,
  geo,
  roster,
  history,
  over,
}: {
  clock: Clock
  geo: Geo
  roster: Roster
  history: History
  over: Pick<Over, 'has'>
}) {
  function visitor(
    site: Site,
    token: string | undefined,
    more: { presenceKey: string | undefined; id?: VisitorId | undefined },
  ): Visitor {
    const made = new Visitor(more.id ?? newId(), site.brandId, clock.now())
    made.tokenHash = token && hashOfToken(token)
    made.presenceKey = more.presenceKey
    roster.register.add(made)
    return made
  }

  function begin(
    of: Visitor,
    site: Site,
    from: { hello: VisitorHello; caller: Caller; level: PrivacyLevel; id: VisitId | undefined },
  ): Visit {
    const place = geo.locate(from.caller.ip)
    // One that is over, and whose name is still remembered, is not begun again.
    const known = from.id && (roster.visits.has(from.id) || over.has(from.id))
    const id = from.id && !known ? from.id : newId<VisitId>()
    if (!roster.register.visitors.has(of.id)) roster.register.add(of)
    const visit = firstVisit({ visitor: of, site, place, ...from, id }, clock.now())
    roster.add(visit)
    history.visitorChanged(of)
    return visit
  }

  function beginAgain(before: Visit, of: Visitor, tab: Tab, page: Page): void {
    const visit = nextVisit(before, { visitor: of, page }, clock.now())
    roster.add(visit)
    if (!roster.register.visitors.has(of.id)) roster.register.add(of)
    history.visitorChanged(of)
    move(tab, visit, page)
    roster.tell('arrived', visit)
  }

  function move(tab: Tab, visit: Visit, page: Page): void {
    const before = tab.visit
    before.own = before.own.filter((one) => one !== tab)
    roster.attach(visit, tab)
    roster.recordPage(visit, tab, page)
    roster.changed(visit)
  }

  return {
    visitor,
    begin,
    /** Into the visit of this visitor that goes on at the tab's site, or a new one. */
    enter(tab: Tab, of: Visitor, page: Page): void {
      const going = of.visitAt(tab.siteId)
      if (going) move(tab, going, page)
      else beginAgain(tab.visit, of, tab, page)
    },
    leave(visit: Visit): void {
      roster.takeHome(visit)
      roster.setState(visit, stopped(visit.state, clock.now(), 'closed'))
    },
  }
}
