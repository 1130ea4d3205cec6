import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import {
  type CountsState,
  EVERYONE,
  type MapState,
  type Topic,
  type WindowState,
} from '@beckon/protocol'
import type { SimulatedAgent } from './simulated-agent.ts'

/** What a console holds of Who's On: snapshots with every event since applied. */
export type Held = { window: WindowState; counts: CountsState; map: MapState }

const WINDOW: Extract<Topic, { topic: 'window' }> = {
  topic: 'window',
  filter: EVERYONE,
  sort: { by: 'idle', dir: 'asc' },
  offset: 0,
  limit: 100,
}

/** Follows the three topics from now on. */
export function followTopics(agent: SimulatedAgent) {
  const held: Partial<Held> = {}
  let told = () => {}
  const stops = [
    agent.watch<'window'>(WINDOW, ({ snapshot, event }) => {
      if (snapshot) held.window = snapshot
      const before = held.window
      if (!event || !before) return
      const order = event.order ?? before.order
      const rows = { ...before.rows }
      for (const row of event.rows ?? []) rows[row.id] = row
      const shown = order.flatMap((id) => (rows[id] ? [[id, rows[id]] as const] : []))
      held.window = {
        ...before,
        order,
        rows: Object.fromEntries(shown) as WindowState['rows'],
        total: event.total ?? before.total,
        waiting: event.waiting ?? before.waiting,
      }
    }),
    agent.watch<'counts'>({ topic: 'counts' }, ({ snapshot, event }) => {
      held.counts = event ?? snapshot ?? held.counts
      told()
    }),
    agent.watch<'map'>({ topic: 'map' }, ({ snapshot, event }) => {
      if (snapshot) held.map = snapshot
      if (!event || !held.map) return
      const places = { ...held.map.places }
      for (const place of event.set ?? []) places[place.key] = place
      for (const key of event.drop ?? []) delete places[key]
      held.map = { ...held.map, places, unlocated: event.unlocated ?? held.map.unlocated }
    }),
  ]
  return {
    held,
    /** Told the totals once more, or as long as it would have taken: they come every 2 s at most. */
    upToDate: (): Promise<void> =>
      new Promise((resolve) => {
        const late = setTimeout(resolve, 2_500)
        told = () => {
          clearTimeout(late)
          resolve()
        }
      }),
    /** Has been told all three. */
    async ready(): Promise<Held> {
      const until = performance.now() + 10_000
      for (;;) {
        const { window, counts, map } = held
        if (window && counts && map) return { window, counts, map }
        if (performance.now() > until) throw new Error('the topics were not answered')
        await pause(5)
      }
    },
    stop() {
      for (const stop of stops) stop()
    },
  }
}

/** What somebody is told who looks for the first time. */
export async function toldAnew(agent: SimulatedAgent): Promise<Held> {
  const newcomer = followTopics(agent)
  const held = await newcomer.ready()
  newcomer.stop()
  return held
}

/**
 * What a follower has otherwise than who came right before and right after it was told: topic, part,
 * and how. Time alone moves some counts, even while everybody stands still, so a number may be
 * anything from the one newcomer's to the other's.
 */
export async function comparedWithNewcomers(
  follower: ReturnType<typeof followTopics>,
  agent: SimulatedAgent,
): Promise<{ differences: string[]; newcomer: Held }> {
  const before = await toldAnew(agent)
  await follower.upToDate()
  const newcomer = await toldAnew(agent)
  return { differences: differing(before, follower.held, newcomer), newcomer }
}

function differing(before: Held, old: Partial<Held>, after: Held): string[] {
  return (['window', 'counts', 'map'] as const).flatMap((name) => {
    const [from, held, to] = [ageless(before[name]), ageless(old[name]), ageless(after[name])]
    return Object.keys({ ...held, ...to })
      .filter((part) => !isBetween(from[part], held[part], to[part]))
      .map((part) => `${name}.${part}: ${apart(held[part], to[part])}`)
  })
}

function isBetween(from: unknown, held: unknown, to: unknown): boolean {
  if (typeof from === 'number' && typeof held === 'number' && typeof to === 'number')
    return Math.min(from, to) <= held && held <= Math.max(from, to)
  if (isDeepStrictEqual(held, to) || isDeepStrictEqual(held, from)) return true
  if (!isTable(from) || !isTable(held) || !isTable(to)) return false
  return Object.keys({ ...held, ...to }).every((key) => isBetween(from[key], held[key], to[key]))
}

const isTable = (of: unknown): of is Record<string, unknown> =>
  typeof of === 'object' && of !== null && !Array.isArray(of)

/** Of two tables the entries that differ, else both. */
function apart(one: unknown, other: unknown): string {
  const entries = (of: unknown) => Object.entries(of ?? {}).map((entry) => JSON.stringify(entry))
  const [had, has] = [entries(one), entries(other)]
  const only = (some: string[], others: string[]) =>
    some.filter((entry) => !others.includes(entry)).slice(0, 5)
  if (had.length + has.length === 0) return `${JSON.stringify(one)} ≠ ${JSON.stringify(other)}`
  return `${only(had, has).join(' ')} ≠ ${only(has, had).join(' ')}`.slice(0, 400)
}

const ageless = (state: object | undefined): Record<string, unknown> =>
  JSON.parse(JSON.stringify({ ...state, at: 0, interval: 0, lastLeftAt: 0 }))

/** Visitors on the map, those without a place among them. */
export const peopleOnMap = ({ places, unlocated }: MapState): number =>
  Object.values(places).reduce((sum, place) => sum + place.active + place.pending, unlocated)
