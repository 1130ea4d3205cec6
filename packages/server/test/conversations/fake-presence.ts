import {
  type BrandId,
  DEFAULT_STYLE,
  type SiteId,
  type Timestamp,
  type VisitId,
  type VisitorId,
  type VisitorServerFrame,
  type VisitRow,
} from '@beckon/protocol'
import { themesOf } from '@beckon/protocol/theme'
import type { Site } from '../../src/directory/directory.ts'
import { newId } from '../../src/ids.ts'
import type { Clock } from '../../src/time/clock.ts'
import type {
  LiveVisit,
  Presence,
  TabView,
  VisitorActor,
  WelcomeParts,
} from '../../src/visits/presence.ts'

type Change = Parameters<Parameters<Presence['onChange']>[0]>[0]
type Mutable<T> = { -readonly [K in keyof T]: T[K] }
export type FakeVisit = Omit<Mutable<LiveVisit>, 'tabs'> & { tabs: FakeTab[] }

/** A page of a visitor's browser: what it was told, and what its card shows after that. */
export type FakeTab = Mutable<TabView> &
  VisitorActor & { heard: VisitorServerFrame[]; welcome: WelcomeParts }

/** Presence by hand: visits come, go and are looked at when a test says so. */
export function createFakePresence({ clock }: { clock: Clock }) {
  const visits = new Map<VisitId, FakeVisit>()
  const marks = new Map<
    VisitorId,
    { invitation?: VisitRow['invitation']; chat?: VisitRow['chat'] }
  >()
  const listeners = new Set<(change: Change) => void>()
  let welcomeOf: (actor: VisitorActor) => Promise<WelcomeParts> = async () => ({})
  const raised: VisitorId[] = []
  /** When pages were told to look again. */
  const looked: Timestamp[] = []
  let faceOf: Parameters<NonNullable<Presence['provideFace']>>[0] = () => ({ online: false })

  const ofVisitor = (visitorId: VisitorId) =>
    [...visits.values()].filter((visit) => visit.visitorId === visitorId)
  const tabsOf = (visitorId: VisitorId) => ofVisitor(visitorId).flatMap((visit) => visit.tabs)
  const tell = (type: Change['type'], visit: FakeVisit) => {
    for (const listener of [...listeners]) listener({ type, visit })
  }

  const presence: Presence = {
    find: (visitId) => visits.get(visitId),
    ofVisitor,
    focusedTab: (visitorId) =>
      tabsOf(visitorId).sort((a, b) => b.focusedAt - a.focusedAt || (a.focused ? -1 : 1))[0],
    say(visitorId, frame) {
      const tabs = tabsOf(visitorId)
      for (const tab of tabs) tab.say(frame)
      return tabs.length > 0
    },
    mark(visitorId, next) {
      const held = marks.get(visitorId) ?? {}
      if (next.invitation !== undefined) held.invitation = next.invitation ?? undefined
      if (next.chat !== undefined) held.chat = next.chat ?? undefined
      marks.set(visitorId, held)
      for (const visit of ofVisitor(visitorId)) visit.row = { ...visit.row, ...held }
    },
    async upsert(tx, visitId) {
      const visit = visits.get(visitId)
      if (!visit) return
      await tx
        .insertInto('visitors')
        .values({
          id: visit.visitorId,
          brand_id: visit.brandId,
          token_hash: null,
          display_name: null,
          username: null,
          email: null,
          attributes: '{}',
          visits: 1,
          first_seen_at: clock.now(),
          last_seen_at: clock.now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    raise: (visitorId) => void raised.push(visitorId),
    look: () => ({
      style: DEFAULT_STYLE,
      themes: themesOf(DEFAULT_STYLE),
      launcher: false,
      online: true,
      siteName: '',
    }),
    provideWelcome(provider) {
      welcomeOf = provider
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    provideFace(provider) {
      faceOf = provider
    },
    lookChanged: () => void looked.push(clock.now()),
  }

  function arrive(visitor: {
    visitorId: VisitorId
    brandId: BrandId
    siteId: SiteId
    row?: Partial<VisitRow>
    more?: Partial<LiveVisit>
  }): FakeVisit {
    const id = newId<VisitId>()
    const now: Timestamp = clock.now()
    const visit: FakeVisit = {
      id,
      visitorId: visitor.visitorId,
      siteId: visitor.siteId,
      brandId: visitor.brandId,
      pages: [],
      attributes: {},
      privacy: 'returning',
      ...visitor.more,
      tabs: [],
      row: {
        id,
        visitorId: visitor.visitorId,
        siteId: visitor.siteId,
        status: 'active',
        who: { rung: 'code', text: 'Visitor 4F2A', verified: false },
        visitNumber: 1,
        title: 'Home',
        url: 'https://shop.example/',
        landingUrl: 'https://shop.example/',
        startedAt: now,
        navigatedAt: now,
        hits: 1,
        bot: false,
        ...visitor.row,
        ...marks.get(visitor.visitorId),
      },
    }
    visits.set(id, visit)
    tell('arrived', visit)
    return visit
  }

  /** A page says hello: attached first, then welcomed, what was said meanwhile coming after. */
  async function openTab(visit: FakeVisit): Promise<FakeTab> {
    const heard: VisitorServerFrame[] = []
    const tab: FakeTab = {
      connectionId: newId(),
      visitorId: visit.visitorId,
      visitId: visit.id,
      siteId: visit.siteId,
      brandId: visit.brandId,
      ip: '203.0.113.7',
      visible: true,
      focused: true,
      focusedAt: clock.now(),
      links: [],
      heard,
      welcome: {},
      say: (frame) => void heard.push(frame),
    }
    for (const other of tabsOf(visit.visitorId)) other.focused = false
    visit.tabs.push(tab)
    visit.row = { ...visit.row, status: 'active' }
    tell('arrived', visit)
    tab.welcome = await welcomeOf(tab)
    return tab
  }

  function closeTab(visit: FakeVisit, tab: FakeTab): void {
    visit.tabs = visit.tabs.filter((one) => one !== tab)
    if (visit.tabs.length > 0) return
    visit.row = { ...visit.row, status: 'pending' }
    tell('pending', visit)
  }

  function remove(visit: FakeVisit): void {
    visit.row = { ...visit.row, status: 'removed' }
    visit.tabs = []
    tell('removed', visit)
    visits.delete(visit.id)
  }

  function navigate(visit: FakeVisit, row: Partial<VisitRow>): void {
    visit.row = { ...visit.row, navigatedAt: clock.now(), hits: visit.row.hits + 1, ...row }
    tell('navigated', visit)
  }

  /** What the links of a site show now. */
  const face = (site: Site) => faceOf(site, null)

  return { ...presence, marks, raised, looked, face, arrive, openTab, closeTab, remove, navigate }
}
export type FakePresence = ReturnType<typeof createFakePresence>
