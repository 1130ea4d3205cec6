import type {
  RowGroup,
  Timestamp,
  VisitId,
  VisitRow,
  WindowEvent,
  WindowState,
} from '@beckon/protocol'
import { waitingMoves } from './held-order.ts'
import type { Visit } from './live.ts'
import type { OrderedIndex } from './ordered-index.ts'

/** `folded` only for a grouped list. */
type Range = { offset: number; limit: number; folded?: ReadonlySet<string> | undefined }

/** The order that holds: which rows, under which headings, since when. */
export type HeldLook = {
  order: readonly VisitId[]
  rows: ReadonlyMap<VisitId, VisitRow>
  groups: readonly RowGroup[] | undefined
  since: Timestamp
}

type Look = {
  order: VisitId[]
  rows: Map<VisitId, VisitRow>
  total: number
  removed: number
  groups: RowGroup[] | undefined
  waiting: number
  fresh: number
}

/** One subscriber's slice of an index: what they have, and what they need to have what is true now. */
export function createWindow(
  index: OrderedIndex,
  { offset, limit, folded }: Range,
  held?: HeldLook & { find(id: VisitId): Visit | undefined },
) {
  let told: Look = { ...NOTHING, rows: new Map() }

  const groupsNow = (): RowGroup[] | undefined =>
    folded &&
    index.groups().map(({ key, count, removed }) => ({
      key,
      count,
      rows: folded.has(key) ? 0 : count,
      ...(removed > 0 && { removed }),
    }))

  /** The rows as they are now, in the order that holds. */
  function look(): Look {
    const slice = index.slice(offset, limit, folded)
    if (!held) {
      return {
        order: slice.map((visit) => visit.id),
        rows: new Map(slice.map((visit) => [visit.id, visit.row])),
        total: index.size,
        removed: index.removed,
        groups: groupsNow(),
        waiting: 0,
        fresh: 0,
      }
    }
    const now = new Map<VisitId, VisitRow>()
    for (const id of held.order) {
      // A held row whose visit has left keeps its last values until the order is let go.
      const row = held.find(id)?.row ?? told.rows.get(id) ?? held.rows.get(id)
      if (row) now.set(id, row)
    }
    const kept = [...now.keys()]
    const standing = new Set(held.order)
    const groups = new Map(groupsNow()?.map((group) => [group.key, group]))
    return {
      order: kept,
      rows: now,
      total: index.size,
      removed: index.removed,
      groups: held.groups?.map(({ key, rows }) => ({ key, count: 0, ...groups.get(key), rows })),
      waiting: waitingMoves(
        kept,
        slice.map((visit) => visit.id),
      ),
      fresh: slice.filter(({ id, row }) => !standing.has(id) && row.startedAt >= held.since).length,
    }
  }

  return {
    snapshot(at: Timestamp, interval: number): WindowState {
      told = look()
      const { order, rows, total, removed, groups, waiting, fresh } = told
      return {
        total,
        removed,
        offset,
        order,
        rows: Object.fromEntries(rows) as WindowState['rows'],
        ...(groups && { groups }),
        waiting,
        fresh,
        at,
        interval,
      }
    },
    /** What is new since the last snapshot or event; undefined when nothing is. */
    difference(at: Timestamp, interval: number): WindowEvent | undefined {
      const now = look()
      const event: WindowEvent = { at, interval }
      const changed: VisitRow[] = []
      for (const [id, row] of now.rows) if (told.rows.get(id) !== row) changed.push(row)
      const { order } = told
      const moved = now.order.length !== order.length || now.order.some((id, i) => id !== order[i])
      if (now.total !== told.total) event.total = now.total
      if (now.removed !== told.removed) event.removed = now.removed
      if (moved) event.order = now.order
      if (changed.length) event.rows = changed
      if (now.groups && !sameGroups(now.groups, told.groups)) event.groups = now.groups
      if (now.waiting !== told.waiting) event.waiting = now.waiting
      if (now.fresh !== told.fresh) event.fresh = now.fresh
      told = now
      // Besides the moment and the pace something must be new.
      return Object.keys(event).length > 2 ? event : undefined
    },
    /** What is on the screen, to be held as it is. */
    get shown(): Omit<HeldLook, 'since'> {
      return { order: told.order, rows: told.rows, groups: told.groups }
    },
    /** Since when it has been held; undefined when it is not. */
    since: held?.since,
  }
}

const NOTHING = { order: [], total: 0, removed: 0, groups: undefined, waiting: 0, fresh: 0 }

const sameGroups = (a: readonly RowGroup[], b: readonly RowGroup[] | undefined): boolean =>
  a.length === b?.length &&
  a.every((group, i) => {
    const other = b[i]
    return (
      other?.key === group.key &&
      other.count === group.count &&
      other.rows === group.rows &&
      other.removed === group.removed
    )
  })
