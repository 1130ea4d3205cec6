import {
  type CountsState,
  EVERYONE,
  type Grouping,
  type InvitationView,
  type Sort,
  type Timestamp,
  type VisitFilter,
  type VisitId,
  type VisitorId,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Directory } from '../directory/directory.ts'
import type { Bus } from '../realtime/bus.ts'
import type { OpenTopic, TopicDoors } from '../realtime/doors.ts'
import type { Clock } from '../time/clock.ts'
import { createAgentCounts } from './agent-counts.ts'
import { createDensity, type Density } from './density.ts'
import { createDetail } from './detail.ts'
import { compileFilter } from './filter.ts'
import { compileGrouping } from './grouping.ts'
import { createLists } from './lists.ts'
import type { Visit } from './live.ts'
import type { NamedFilters } from './named-counts.ts'
import { createOrderedIndex, type OrderedIndex } from './ordered-index.ts'
import type { Roster } from './roster.ts'
import { sightOf, visitSeenBy } from './sight.ts'
import { compileSort } from './sort.ts'
import type { StoredVisits } from './stored-visit.ts'
import { createSubscribers } from './subscribers.ts'
import type { Limits } from './visit.ts'
import { createWindow } from './window.ts'

const COUNTS_MS = 2_000
const MINUTE_MS = 60_000

export type ListAsk = { filter: VisitFilter; sort: Sort; group?: Grouping | undefined }

/**
 * Who's On as agents subscribe to it: windows, totals, the map and single visits. Changes of visits
 * gather; each beat brings the shared lists up to date and every subscriber gets what differs from
 * what it has, so that snapshot + events = the snapshot one would get now.
 */
export function createWhosOn(deps: {
  clock: Clock
  directory: Directory
  bus: Bus
  roster: Roster
  limits: Pick<Limits, 'idleMs' | 'removedMs'>
  stored: StoredVisits
}) {
  const { clock, directory, bus, roster, limits, stored } = deps
  const lists = createLists({ clock, roster })
  const { share } = lists
  const subscribers = createSubscribers({ clock, lists })
  const windows = new WeakMap<object, { place: string; view: ReturnType<typeof createWindow> }>()
  let minuteAt = clock.now() + MINUTE_MS
  let named: NamedFilters = { of: () => [], onChange: () => () => {} }
  let readInvitations: (visitorId: VisitorId) => Promise<InvitationView[]> = async () => []

  const stopTouch = roster.onTouch((visit) => {
    lists.touch(visit)
    subscribers.want()
  })

  /** Time passes without anybody doing anything: called once a second. */
  function elapse(): void {
    const now = clock.now()
    if (now >= minuteAt) {
      subscribers.settle(now)
      lists.tally.minute()
      minuteAt = now + MINUTE_MS
    }
    lists.elapse(now)
    if (subscribers.none) subscribers.settle(now)
    else subscribers.wakeAll()
  }

  const brands = () => directory.now.brands.keys()

  /** A subscriber joins a list that is up to date; the others hear of what that brought in a moment. */
  function upToDate(): Timestamp {
    const now = clock.now()
    if (lists.waiting) {
      subscribers.settle(now)
      subscribers.want()
    }
    // Of what this turns, the others hear within the second anyhow.
    lists.elapse(now)
    return now
  }

  const topics = {
    window: {
      async open(actor, params, out, previous) {
        const now = upToDate()
        const { list, key } = listFor(actor, params)
        const { offset, limit, group } = params
        const folded = group && new Set(params.folded)
        const range = { offset, limit, folded }
        const place = JSON.stringify([key, offset, limit, [...(folded ?? [])].sort()])
        // Holding keeps what is on the screen, which may be older than this moment.
        const before = previous && windows.get(previous)
        const same = before?.place === place ? before.view : undefined
        const held = params.hold && {
          ...(same?.shown ?? firstLook(list.thing, range)),
          since: same?.since ?? now,
          find: (id: VisitId) => heldVisit(id, actor),
        }
        const view = createWindow(list.thing, range, held || undefined)
        const state = view.snapshot(now, subscribers.interval)
        const subscriber = subscribers.subscribe((at) => {
          const event = view.difference(at, subscribers.interval)
          if (event) out.emit(event)
          return event !== undefined
        })
        // The snapshot is as good as a frame only for what was there; the next change goes at once.
        const opened: OpenTopic<'window'> = {
          state,
          flush: subscriber.flush,
          close() {
            subscriber.end()
            list.release()
          },
        }
        windows.set(opened, { place, view })
        return opened
      },
    },

    counts: {
      async open(actor, { filter: draft, brandId }, out) {
        upToDate()
        sightOf(actor, brands())
        const counts = createAgentCounts({ lists, limits, actor, draft, brandId })
        counts.count(named.of(actor))
        let told: CountsState | undefined
        const subscriber = subscribers.subscribe(
          (now) => {
            const fresh = counts.state(now)
            if (told && JSON.stringify({ ...fresh, at: 0 }) === JSON.stringify({ ...told, at: 0 }))
              return false
            told = fresh
            out.emit(fresh)
            return true
          },
          () => Math.max(COUNTS_MS, subscribers.interval),
        )
        const stop = named.onChange(() => {
          upToDate()
          counts.count(named.of(actor))
          subscriber.wake()
        })
        told = counts.state(clock.now())
        return {
          state: told,
          flush: subscriber.flush,
          close() {
            stop()
            subscriber.end()
            counts.close()
          },
        }
      },
    },

    map: {
      async open(actor, { filter = EVERYONE }, out) {
        const now = upToDate()
        const sight = sightOf(actor, brands())
        const key = `map ${JSON.stringify(filter)} ${sight.key}`
        const list = share<Density>(key, () =>
          createDensity({ filter: compileFilter(filter), sight }),
        )
        const look = list.thing.look()
        const subscriber = subscribers.subscribe((at) => {
          const event = look.difference(at)
          if (event) out.emit(event)
          return event !== undefined
        })
        return {
          state: look.snapshot(now),
          flush: subscriber.flush,
          close() {
            subscriber.end()
            look.close()
            list.release()
          },
        }
      },
    },

    visit: {
      async open(actor, { visitId }, out) {
        const live = roster.visits.has(visitId)
        const first = live
          ? visitSeenBy(actor, roster.visits, visitId)
          : await stored.seenBy(actor, visitId)
        const { visitorId } = first
        // Announcements may come while the rows are read; they are newer than the rows.
        const meanwhile: InvitationView[] = []
        let heard = (invitation: InvitationView) => void meanwhile.push(invitation)
        const stop = bus.subscribe((word) => {
          if (word.type === 'invitation' && word.invitation.visitorId === visitorId)
            heard(word.invitation)
        })
        try {
          const invitations = await readInvitations(visitorId)
          // Who left while the rows were read is followed to the end.
          const visit = roster.visits.has(visitId)
            ? visitSeenBy(actor, roster.visits, visitId)
            : first
          const detail = createDetail(visit, invitations)
          for (const invitation of meanwhile) detail.invitation(invitation)
          const subscriber = subscribers.subscribe((at) => {
            const event = detail.difference(at)
            if (event) out.emit(event)
            return event !== undefined
          })
          heard = (invitation) => {
            detail.invitation(invitation)
            subscriber.wake()
          }
          return {
            state: detail.snapshot(),
            flush: subscriber.flush,
            close() {
              stop()
              subscriber.end()
            },
          }
        } catch (error) {
          stop()
          throw error
        }
      },
    },
  } satisfies TopicDoors

  /** The list an agent's filter, sort and grouping select; it is made unless somebody has it open. */
  function listFor(actor: AgentActor, { filter, sort, group }: ListAsk) {
    const sight = sightOf(actor, brands())
    const key = `window ${JSON.stringify([filter, sort, group])} ${sight.key}`
    const list = share<OrderedIndex>(key, () =>
      createOrderedIndex({
        filter: compileFilter(filter),
        sorter: compileSort(sort),
        headingOf: compileGrouping(group),
        sight,
      }),
    )
    return { list, key }
  }

  function heldVisit(id: VisitId, actor: AgentActor): Visit | undefined {
    const visit = roster.visits.get(id)
    return visit && sightOf(actor, brands()).sees(visit) ? visit : undefined
  }

  return {
    topics,
    elapse,
    /** One look at a list, without following it. */
    look<T>(actor: AgentActor, ask: ListAsk, use: (index: OrderedIndex) => T): T {
      upToDate()
      const { list } = listFor(actor, ask)
      try {
        return use(list.thing)
      } finally {
        list.release()
      }
    },
    flush: subscribers.flush,
    provideInvitations(provider: (visitorId: VisitorId) => Promise<InvitationView[]>): void {
      readInvitations = provider
    },
    /** What the header of somebody who sees every brand says. */
    totals(): CountsState {
      return lists.tally.state(brands(), [], upToDate())
    },
    /** Filters to count for each agent beside the totals. */
    provideFilters(provider: NamedFilters): void {
      named = provider
    },
    stop(): void {
      stopTouch()
      subscribers.stop()
    },
  }
}

/** What a list that was never on the screen begins with. */
function firstLook(index: OrderedIndex, range: Parameters<typeof createWindow>[1]) {
  const view = createWindow(index, range)
  view.snapshot(0, 0)
  return view.shown
}
