import { CLOSE, LIMITS, type PageView, type VisitId, type VisitorId } from '@beckon/protocol'
import type { Directory } from '../directory/directory.ts'
import type { Gone, Nodes } from '../nodes/nodes.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import { pause } from '../time/pause.ts'
import { OUTRANKS, OUTRANKS_ALL, type Visit } from './live.ts'
import { createMirror } from './mirror.ts'
import type { Over } from './over.ts'
import { createPutDown, readSaid } from './put-down.ts'
import type { Roster } from './roster.ts'
import {
  ownHits,
  readErased,
  readGone,
  readHands,
  readTabs,
  readVisit,
  type SharedTabs,
  shared,
  tabsOf,
  type VisitHands,
  type VisitorErased,
} from './shared-visit.ts'
import { lost, stopped } from './visit.ts'

/** Changes gather this long: what happens in one breath travels together. */
const GATHER_MS = 25
const ORPHANS_MS = 2_000
const HANDS_MS = 500
/** A link that is back at once is no news. */
const ALONE_MS = 3_000
const LAST_PAGES = 5
/** Of all visits, put down again so many at a time. */
const PART = 200
/** Fields of visits that are decided elsewhere. */
const GUEST = 'tabs:'
/** Whoever stood still for longer reads everything again. */
const OVER_MS = 30_000
/** What a node had in hand is written by then. */
const FLUSHED_MS = 1_000
/** By then whoever erases has counted what went. */
const TAKEN_BACK_MS = 5_000

/**
 * Tells other nodes of the visits at home here, puts them down in Redis for nodes that come later,
 * follows theirs, and takes over from those that are gone.
 */
export function createSharing({
  nodes,
  roster,
  directory,
  clock,
  over,
  takeBack,
  timers = systemClock,
}: {
  nodes: Nodes
  roster: Roster
  directory: Directory
  clock: Clock
  over: Over
  /** Erases what this node may have had on its way to the database when somebody was erased. */
  takeBack(id: VisitorId): void
  /** Networks keep their own time. */
  timers?: Pick<Clock, 'after' | 'every'>
}) {
  const mirror = createMirror({ name: nodes.name, roster, directory, over })
  const dirty = new Set<Visit>()
  /** Pages of a visit that others know. */
  const told = new WeakMap<Visit, readonly PageView[]>()
  /** Visits decided elsewhere whose pages here others know of. */
  const guests = new Set<VisitId>()
  const stops: (() => void)[] = []
  let scheduled = false
  /** Of nodes whose putting down is being read: what they said meanwhile is newer. */
  let heardMeanwhile: Set<string> | undefined
  let missing = new Set<string>()
  let puttings = 0

  const down = createPutDown({ nodes, siteIds: () => [...directory.now.sites.keys()] })
  const guestField = (id: VisitId) => GUEST + id

  function share(visit: Visit): void {
    // At once: what others say before they hear of its end must not bring it back.
    if (visit.gone) over.add(visit.id, visit.version + 1)
    if (!nodes.up) return
    dirty.add(visit)
    if (scheduled) return
    scheduled = true
    timers.after(GATHER_MS, flush)
  }

  function flush(): void {
    scheduled = false
    if (dirty.size === 0) return
    const visits = [...dirty]
    dirty.clear()
    for (const visit of visits) tell(visit)
    void down.write()
  }

  function tell(visit: Visit): void {
    const { id, siteId } = visit
    if (visit.elsewhere) {
      down.put(siteId, id, null)
      tellTabs(visit)
      return
    }
    visit.version += 1
    if (visit.gone) {
      nodes.say({ type: 'visit.gone', id, version: visit.version } as { type: string })
      down.put(siteId, id, null)
      return
    }
    const before = told.get(visit)
    const all = visit.pages.slice(-LIMITS.trailLast)
    const known = new Set(before)
    nodes.say(shared(nodes.name, visit, before ? all.filter((page) => !known.has(page)) : all))
    told.set(visit, visit.pages)
    down.put(siteId, id, JSON.stringify(shared(nodes.name, visit, all)))
    if (guests.delete(id)) down.put(siteId, guestField(id), null)
  }

  function tellTabs(visit: Visit): void {
    const { id, siteId, own } = visit
    told.delete(visit)
    const hits = ownHits(visit)
    if (own.length === 0 && hits === 0 && !guests.has(id)) return
    const pages = visit.pages.slice(-LAST_PAGES)
    const said: SharedTabs = { type: 'tabs', id, tabs: tabsOf(own), hits, pages }
    nodes.say(said)
    if (own.length > 0) guests.add(id)
    else guests.delete(id)
    down.put(siteId, guestField(id), own.length > 0 ? JSON.stringify(said) : null)
  }

  /** What these nodes have put down, and then everything of this one anew. */
  async function read(names: readonly string[]): Promise<void> {
    for (const node of names) {
      heardMeanwhile = new Set()
      const found = new Set<string>()
      const whole = await down.read(node, (field, value) => {
        const said = readSaid(value)
        if (said && hear(node, said)) found.add(field)
        else nodes.refuse('put_down')
      })
      for (const visit of [...roster.visits.values()]) {
        if (heardMeanwhile.has(visit.id) || !whole.has(visit.siteId)) continue
        if (visit.home === node && !found.has(visit.id)) mirror.vanish(visit)
        else if (!found.has(guestField(visit.id)) && visit.home !== node) {
          if (visit.far.some((tab) => tab.node === node)) leaveTabs(visit, node)
        }
      }
      heardMeanwhile = undefined
      if (!nodes.isHere(node)) takeOver(node, 'died')
    }
  }

  function hear(node: string, said: { type: string; id?: string }): boolean {
    if (said.id !== undefined) heardMeanwhile?.add(said.id)
    const visit = said.type === 'visit' ? readVisit(said) : undefined
    if (visit) mirror.heard(node, visit)
    const tabs = said.type === 'tabs' ? readTabs(said) : undefined
    if (tabs) mirror.heardTabs(node, tabs)
    const gone = said.type === 'visit.gone' ? readGone(said) : undefined
    const goingOn = gone && mirror.heardGone(gone)
    if (goingOn) {
      // Whoever ended it has forgotten what was told before.
      told.delete(goingOn)
      share(goingOn)
    }
    return Boolean(visit ?? tabs ?? gone)
  }

  /** A node is gone: what it decided, others decide; who was connected to it is not any more. */
  function takeOver(node: string, how: Gone): void {
    const names = [nodes.name, ...nodes.others].sort()
    for (const visit of [...roster.visits.values()]) {
      const had = visit.far.some((tab) => tab.node === node)
      if (visit.home !== node) {
        if (had) leaveTabs(visit, node)
        continue
      }
      mirror.forgetTabs(visit, node)
      const heir = names[Number.parseInt(visit.id.slice(-6), 16) % names.length]
      if (visit.own.length === 0 && heir !== nodes.name) continue
      roster.takeHome(visit)
      visit.version += OUTRANKS
      const now = clock.now()
      if (visit.tabs.length > 0) roster.backAgain(visit)
      else if (how === 'left') roster.setState(visit, lost(visit.state, now, 'closed'))
      else roster.setState(visit, stopped(visit.state, now, 'silent'))
      roster.changed(visit)
      roster.tell('changed', visit)
    }
  }

  function leaveTabs(visit: Visit, node: string): void {
    mirror.forgetTabs(visit, node)
    if (!visit.elsewhere && visit.tabs.length === 0) roster.emptied(visit, 'silent')
  }

  /** Whoever was to take over may have gone as well. */
  function lookForOrphans(): void {
    const { aloneMs } = nodes
    if (aloneMs === undefined) roster.age(undefined)
    else if (aloneMs > ALONE_MS) roster.age(roster.oldSince ?? clock.now() - Math.round(aloneMs))
    if (!nodes.together) return
    if (down.failed()) void putBack()
    const homeless = new Set<string>()
    for (const { home } of roster.visits.values()) {
      if (home !== undefined && !nodes.isHere(home)) homeless.add(home)
    }
    for (const home of homeless) if (missing.has(home)) takeOver(home, 'died')
    missing = homeless
  }

  /** As if nobody had heard anything of it. */
  async function putAll(): Promise<void> {
    for (const visit of roster.visits.values()) told.delete(visit)
    await putAgain()
  }

  /**
   * Everything of this node, in parts: at once it would hold up this node and all who hear it, for
   * longer than they wait for each other. Whoever has what is over by now sees that when all is there.
   */
  async function putAgain(): Promise<void> {
    const putting = ++puttings
    await down.sweep(isOurs)
    const all = [...roster.visits.values()]
    for (let at = 0; at < all.length; at += PART) {
      for (const visit of all.slice(at, at + PART)) {
        if (!visit.gone && (!visit.elsewhere || visit.own.length > 0)) tell(visit)
      }
      await down.write()
      // Begun anew meanwhile: the rest is done there.
      if (putting !== puttings || !nodes.up) return
    }
    if (await down.complete()) nodes.letRead()
  }

  /** What Redis had no room for, once it has. */
  async function putBack(): Promise<void> {
    try {
      if (await down.complete()) await putAgain()
    } catch {
      // The link is lost again: all of it is put down when that is back.
    }
  }

  /** Of a site that is new, nothing is missing from what is put down. */
  function completeNew(): void {
    if (nodes.together) void down.complete()
  }

  /** Whether this field is one of those that this node puts down now. */
  function isOurs(field: string): boolean {
    const guest = field.startsWith(GUEST)
    const visit = roster.visits.get((guest ? field.slice(GUEST.length) : field) as VisitId)
    return visit !== undefined && (guest ? guests.has(visit.id) : !visit.elsewhere)
  }

  /** Somebody else sits in front of that browser: its other pages ask anew who they are. */
  function handsChanged(id: VisitId): void {
    const visit = roster.visits.get(id)
    if (!visit?.own.length) return
    // By then the page that said so has kept the new token.
    timers.after(HANDS_MS, () => {
      for (const tab of [...visit.own]) tab.line.close(CLOSE.slow, 'another person')
    })
  }

  /** Nothing about them is written down any more. */
  function erased(id: VisitorId): void {
    for (const visit of [...(roster.register.erase(id)?.visits ?? [])]) {
      visit.version += OUTRANKS_ALL
      mirror.vanish(visit)
    }
    // Also of who is not here any more: their last words may still be on the way.
    stops.push(timers.after(TAKEN_BACK_MS, () => takeBack(id)))
  }

  nodes.hear('visit.hands', (_node, said) => {
    const told = readHands(said)
    if (told) handsChanged(told.id as VisitId)
    return told !== undefined
  })
  nodes.hear('visitor.erased', (_node, said) => {
    const told = readErased(said)
    if (told) erased(told.id as VisitorId)
    return told !== undefined
  })
  roster.onChange(({ type, visit }) => {
    if (type !== 'reset' || visit.far.length === 0) return
    const said: VisitHands = { type: 'visit.hands', id: visit.id }
    nodes.say(said)
  })
  nodes.beforeSaying(flush)
  nodes.onRead(async (names) => {
    await read(names)
    // The link was down: whatever was said meanwhile nobody has heard.
    if (!nodes.together) await putAll()
  })
  nodes.onGone(takeOver)
  for (const type of ['visit', 'tabs', 'visit.gone']) nodes.hear(type, hear)
  stops.push(
    directory.onChange(mirror.lookAgain),
    directory.onChange(completeNew),
    timers.every(ORPHANS_MS, lookForOrphans),
    timers.every(OVER_MS, over.turn),
  )

  return {
    share,
    flush,
    /** Resolves when the others have stopped writing about them. */
    async erase(id: VisitorId): Promise<void> {
      if (nodes.others.length === 0) return
      const said: VisitorErased = { type: 'visitor.erased', id }
      nodes.say(said)
      await pause(FLUSHED_MS)
    },
    stop(): void {
      for (const stop of stops.splice(0)) stop()
      flush()
    },
  }
}
