import { CLOSE, type SiteId, type VisitId, type VisitorId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { BanList } from '../bans/ban-list.ts'
import type { Directory } from '../directory/directory.ts'
import type { Geo } from '../geo/geo.ts'
import { createVerify } from '../identity/verify.ts'
import type { Nodes } from '../nodes/nodes.ts'
import type { Bus } from '../realtime/bus.ts'
import type { AgentDoors } from '../realtime/doors.ts'
import { eraseVisitors } from '../store/erase-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes, seconds } from '../time/clock.ts'
import { createArrivals } from './arrivals.ts'
import { createFirstCome } from './first-come.ts'
import { createHistory } from './history.ts'
import { createHostNames, type HostNames } from './host-names.ts'
import { knownOf } from './known.ts'
import type { Visit } from './live.ts'
import { createLooks } from './looks.ts'
import { createOver } from './over.ts'
import type { LiveVisit, Presence } from './presence.ts'
import { createPuttingOut } from './putting-out.ts'
import { rebuild } from './rebuild.ts'
import { createRoster } from './roster.ts'
import { shareSignals } from './shared-signals.ts'
import { createSharing } from './sharing.ts'
import { visitSeenBy } from './sight.ts'
import { createSignals } from './signals.ts'
import { createStoredVisits } from './stored-visit.ts'
import { createSweep } from './sweep.ts'
import type { Tab } from './tab.ts'
import { createTabLooks } from './tab-looks.ts'
import { createTokenLookup } from './tokens.ts'
import { type Limits, READING_MS } from './visit.ts'
import { createWhosOn } from './whos-on.ts'

export type VisitSettings = {
  readonly graceSeconds: number
  readonly idleMinutes: number
  readonly removedSeconds: number
  readonly keepWhileReading: boolean
  readonly hostNames?: boolean
}

export type Visits = ReturnType<typeof createVisits>

/** Everything about who is here: the list, the doors to it and the history behind it. */
export function createVisits(deps: {
  store: Store
  directory: Directory
  bus: Bus
  clock: Clock
  settings: VisitSettings
  geo: Geo
  hostNames?: HostNames
  bans: BanList
  log: { error(details: object, message: string): void }
  /** The others, where this is one of several. */
  nodes?: Nodes | undefined
}) {
  const { store, directory, bus, clock, settings, geo, bans, log, nodes } = deps
  const limits: Limits = {
    graceMs: seconds(settings.graceSeconds),
    idleMs: minutes(settings.idleMinutes),
    removedMs: seconds(settings.removedSeconds),
    readingMs: settings.keepWhileReading ? READING_MS : undefined,
  }
  const fault = (what: string, error: unknown) => log.error({ err: error }, what)
  const history = createHistory({
    store,
    clock,
    fault,
  })
  const looks = createLooks(directory)
  const signals = createSignals({ directory, clock })
  const tabLooks = createTabLooks({ looks, signals })
  const roster = createRoster({
    clock,
    history,
    tabLooks,
    signals,
    limits,
    share: (visit) => sharing?.share(visit),
  })
  if (nodes) shareSignals({ nodes, signals })
  const takeBack = (id: VisitorId) =>
    void history
      .flush()
      .then(() => store.commit((tx) => eraseVisitors(tx, [id])))
      .catch((error: unknown) => fault('what an erased visitor left here was not erased', error))
  const over = createOver()
  const sharing = nodes && createSharing({ nodes, roster, directory, clock, over, takeBack })
  const findByToken = createTokenLookup({ store, clock })
  const arrivals = createArrivals({
    verify: createVerify({ store, directory, clock }),
    first: createFirstCome(nodes),
    over,
    clock,
    directory,
    geo,
    roster,
    history,
    looks,
    tabLooks,
    signals,
    bans,
    findByToken,
  })
  const whosOn = createWhosOn({
    clock,
    directory,
    bus,
    roster,
    limits,
    stored: createStoredVisits({ store, directory }),
  })
  const sweep = createSweep({ clock, limits, roster })
  const stops: (() => void)[] = []
  const hostNames = settings.hostNames ? (deps.hostNames ?? createHostNames()) : undefined
  roster.onChange(({ type, visit }) => {
    if (type !== 'arrived' || !visit.row.ip || visit.elsewhere) return
    hostNames?.look(visit.row.ip, (hostname) => {
      if (visit.gone) return
      visit.edit((row) => {
        row.hostname = hostname
      })
      roster.changed(visit)
    })
  })

  const bestFirst = (visits: readonly Visit[]): Visit[] =>
    [...visits].sort((a, b) => Number(b.open) - Number(a.open) || focusOf(b) - focusOf(a))

  const presence: Presence = {
    find: (visitId) => roster.visits.get(visitId),
    everybody: () => [...roster.register.visitors.keys()],
    ofVisitor: (visitorId) => bestFirst(roster.register.visitors.get(visitorId)?.visits ?? []),
    focusedTab(visitorId) {
      const [visit] = bestFirst(roster.register.visitors.get(visitorId)?.visits ?? []).filter(
        (one) => one.tabs.length > 0,
      )
      return visit?.currentTab()
    },
    say(visitorId, frame) {
      let said = false
      for (const visit of roster.register.visitors.get(visitorId)?.visits ?? []) {
        for (const tab of visit.own) {
          tab.say(frame)
          said = true
        }
      }
      return said
    },
    mark(visitorId, marks) {
      const visitor = roster.register.visitors.get(visitorId)
      if (!visitor) return
      if (marks.invitation !== undefined) visitor.invitation = marks.invitation ?? undefined
      if (marks.chat !== undefined) {
        const before = visitor.chat
        visitor.chat = marks.chat ?? undefined
        if (before && before.id !== visitor.chat?.id)
          visitor.previousChats = (visitor.previousChats ?? 0) + 1
      }
      if (marks.tags !== undefined) visitor.tags = marks.tags ?? undefined
      if (marks.previousChats !== undefined)
        visitor.previousChats = marks.previousChats || undefined
      for (const visit of visitor.visits) {
        visit.edit((row) => {
          row.invitation = visitor.invitation
          row.chat = visitor.chat
          row.tags = visitor.tags
          row.previousChats = visitor.previousChats
        })
        roster.changed(visit)
      }
    },
    async upsert(tx, visitId) {
      const visit = roster.visits.get(visitId)
      if (visit) await history.upsert(tx, visit)
    },
    raise(visitorId) {
      const visitor = roster.register.visitors.get(visitorId)
      if (visitor) arrivals.raise(visitor)
    },
    describe(visitorId, attributes) {
      const visitor = roster.register.visitors.get(visitorId)
      if (visitor) arrivals.describe(visitor, attributes)
    },
    learn(visitorId, told) {
      const visitor = roster.register.visitors.get(visitorId)
      if (visitor) arrivals.learn(visitor, told)
    },
    look: looks.look,
    provideWelcome: arrivals.provideWelcome,
    onChange: (listener) =>
      roster.onChange(listener as (change: { type: string; visit: LiveVisit }) => void),
    provideFace: looks.provideFace,
    lookChanged(siteId) {
      looks.forget()
      sayLooks(siteId)
    },
    provideInvitations: whosOn.provideInvitations,
  }

  function sayLooks(siteId?: SiteId): void {
    for (const visit of roster.visits.values()) {
      if (siteId && visit.siteId !== siteId) continue
      for (const tab of visit.own) {
        tabLooks.sayLook(tab)
        tabLooks.sayFaces(tab)
      }
    }
  }

  /** Names, colours, origins and switches of sites may have changed under the visits. */
  function directoryChanged(): void {
    for (const visit of roster.visits.values()) {
      const site = directory.now.sites.get(visit.siteId)
      if (site === visit.site) continue
      if (site) visit.site = site
      if (!site || site.off) {
        for (const tab of [...visit.own]) tab.line.close(CLOSE.site_refused, 'site switched off')
      }
      roster.changed(visit)
    }
    sayLooks()
  }

  function place(): void {
    for (const visit of roster.visits.values()) {
      if (visit.place || !visit.row.ip) continue
      visit.place = geo.locate(visit.row.ip)
      if (!visit.place) continue
      visit.refresh()
      roster.changed(visit)
      roster.tell('changed', visit)
    }
  }

  /** Whoever sees a visit may stop or remove it; for others it is not there. */
  const seen = (actor: AgentActor, visitId: VisitId): Visit =>
    visitSeenBy(actor, roster.visits, visitId)

  const agentDoors: AgentDoors = {
    async 'visit.stop'(actor, { visitId }) {
      roster.stop(seen(actor, visitId))
      return {}
    },
    async 'visit.remove'(actor, { visitId }) {
      roster.remove(seen(actor, visitId))
      return {}
    },
  }

  /** The visitor does not want to be seen: as if they had never come back, on every site of the brand. */
  function hide({ visit: { visitor } }: Tab): void {
    for (const visit of [...visitor.visits]) roster.drop(visit)
  }

  return {
    presence,
    topics: whosOn.topics,
    look: whosOn.look,
    provideFilters: whosOn.provideFilters,
    agentDoors,
    signals,
    /** What the visitors' socket does with a hello and with frames about the visit itself. */
    arrive: arrivals.arrive,
    page: arrivals.page,
    pageUpdate: roster.pageUpdate.bind(roster),
    askLinks: tabLooks.askLinks,
    attention: arrivals.attention,
    identify: arrivals.identify,
    closed: roster.closed,
    known: knownOf,
    hide,
    /** What a ban does to those who are here. */
    reach: createPuttingOut({
      store,
      directory,
      roster,
      history,
      ...(sharing && { eraseElsewhere: sharing.erase }),
    }),
    /** Sends what coalescing holds back and stores what waits; tests compare afterwards. */
    async flush(): Promise<void> {
      whosOn.flush()
      await history.flush()
    },
    get figures() {
      let elsewhere = 0
      if (nodes) for (const visit of roster.visits.values()) if (visit.elsewhere) elsewhere += 1
      return {
        home: { here: roster.visits.size - elsewhere, elsewhere },
        visits: roster.visits.size,
        visitors: roster.register.visitors.size,
        totals: whosOn.totals(),
        pagesStored: history.stored,
        pagesDropped: history.dropped,
        pagesWaiting: history.waiting,
      }
    },
    async start(): Promise<void> {
      await signals.load(store)
      await rebuild({ store, clock, directory, roster, limits })
      stops.push(
        directory.onChange(directoryChanged),
        geo.onLoad(place),
        clock.every(seconds(1), () => {
          sweep()
          whosOn.elapse()
        }),
        clock.every(minutes(1), () => {
          signals.saveSeenLinks(store).catch((error: unknown) => {
            log.error({ err: error }, 'links could not be marked as seen')
          })
        }),
      )
      history.start()
    },
    async stop(): Promise<void> {
      for (const stop of stops.splice(0)) stop()
      whosOn.stop()
      sharing?.stop()
      await history.stop()
    },
  }
}

const focusOf = (visit: Visit): number => visit.currentTab()?.focusedAt ?? -1
