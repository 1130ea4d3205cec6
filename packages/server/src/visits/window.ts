import type { Timestamp, VisitId, VisitRow, WindowEvent, WindowState } from '@beckon/protocol'
import { waitingMoves } from './held-order.ts'
import type { Visit } from './live.ts'
import type { OrderedIndex } from './ordered-index.ts'

type Range = { offset: number; limit: number }

/** One subscriber's slice of an index: what they have, and what they need to have what is true now. */
export function createWindow(
  index: OrderedIndex,
  { offset, limit }: Range,
  held?: {
    order: readonly VisitId[]
    find(id: VisitId): Visit | undefined
    rows: ReadonlyMap<VisitId, VisitRow>
  },
) {
  let order: VisitId[] = []
  let rows = new Map<VisitId, VisitRow>()
  let total = 0
  let waiting = 0

  /** The rows as they are now, in the order that holds. */
  function look(): {
    order: VisitId[]
    rows: Map<VisitId, VisitRow>
    total: number
    waiting: number
  } {
    const slice = index.slice(offset, limit)
    if (!held) {
      return {
        order: slice.map((visit) => visit.id),
        rows: new Map(slice.map((visit) => [visit.id, visit.row])),
        total: index.size,
        waiting: 0,
      }
    }
    const now = new Map<VisitId, VisitRow>()
    for (const id of held.order) {
      // A held row whose visit has left keeps its last values until the order is let go.
      const row = held.find(id)?.row ?? rows.get(id) ?? held.rows.get(id)
      if (row) now.set(id, row)
    }
    const kept = [...now.keys()]
    return {
      order: kept,
      rows: now,
      total: index.size,
      waiting: waitingMoves(
        kept,
        slice.map((visit) => visit.id),
      ),
    }
  }

  return {
    snapshot(at: Timestamp, interval: number): WindowState {
      ;({ order, rows, total, waiting } = look())
      return {
        total,
        offset,
        order,
        rows: Object.fromEntries(rows) as WindowState['rows'],
        waiting,
        at,
        interval,
      }
    },
    /** What is new since the last snapshot or event; undefined when nothing is. */
    difference(at: Timestamp, interval: number): WindowEvent | undefined {
      const now = look()
      const fresh: VisitRow[] = []
      for (const [id, row] of now.rows) if (rows.get(id) !== row) fresh.push(row)
      const moved = now.order.length !== order.length || now.order.some((id, i) => id !== order[i])
      if (!moved && fresh.length === 0 && now.total === total && now.waiting === waiting)
        return undefined
      const event: WindowEvent = { at, interval }
      if (now.total !== total) event.total = now.total
      if (moved) event.order = now.order
      if (fresh.length) event.rows = fresh
      if (now.waiting !== waiting) event.waiting = now.waiting
      ;({ order, rows, total, waiting } = now)
      return event
    },
    get order(): readonly VisitId[] {
      return order
    },
    get rows(): ReadonlyMap<VisitId, VisitRow> {
      return rows
    },
  }
}
