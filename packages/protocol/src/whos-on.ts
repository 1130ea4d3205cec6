import type { SiteId, Timestamp, VisitId } from './ids.ts'
import type { VisitRow } from './visit.ts'

/**
 * A heading of a grouped list. `key` is a site's id, a status, a country's code or '' for none.
 * `rows` of its visits stand below it: all `count`, none where it is folded, and while the list is
 * held as many as there were. `removed` of them are no longer on the site and stand for a moment.
 */
export type RowGroup = { key: string; count: number; rows: number; removed?: number }

/** A slice of the filtered, sorted list. `order` and `rows` are always consistent in one frame. */
export type WindowState = {
  total: number
  /** How many of them are no longer on the site and stand for a moment: the totals are without them. */
  removed: number
  /** Counts the rows that stand in the list: those of folded groups do not. */
  offset: number
  order: VisitId[]
  rows: Record<VisitId, VisitRow>
  /** Grouped list only: every heading, in order. */
  groups?: RowGroup[]
  /** Held list only: how many moves, arrivals and departures wait to be applied. */
  waiting: number
  /** How many of them are visits that began meanwhile. */
  fresh: number
  /** Server time of the newest fact in here. */
  at: Timestamp
  /** Milliseconds between frames when the server had to slow down; 250 normally. */
  interval: number
}
export type WindowEvent = {
  at: Timestamp
  interval: number
  total?: number
  removed?: number
  offset?: number
  /** The whole order of the slice, when it changed. */
  order?: VisitId[]
  /** Rows that are new in the slice or changed. Rows no longer in `order` are dropped. */
  rows?: VisitRow[]
  groups?: RowGroup[]
  waiting?: number
  fresh?: number
}

/** Exact totals of what the agent may see (W3); bots are counted in `bots` only. */
export type CountsState = {
  online: number
  active: number
  pending: number
  inChat: number
  invited: number
  bots: number
  sites: Record<SiteId, number>
  /** By id of SHIPPED_FILTERS, and of saved filters that the agent sees and does not hide. */
  filters: Record<string, number>
  /** How many the filter that was asked about selects. */
  matching?: number
  at: Timestamp
  /** When the last visitor left, for the empty list. */
  lastLeftAt?: Timestamp
  /** After so long without a page a visit leaves the list; for the amber of its Idle. */
  idleSeconds?: number
  /** How long a visit that left stands gray in the list. */
  removedSeconds?: number
  /** How many were online at the end of each of the last minutes, oldest first; at most 30. */
  minutes?: number[]
  /** Of those counted: how many are on nodes that cannot be heard now, and since when. */
  old?: { count: number; asOf: Timestamp }
}
export type CountsEvent = CountsState

/** Visitors at one coordinate. `key` is usable as the value of a `place` condition. */
export type Place = {
  key: string
  lat: number
  lon: number
  city?: string
  country?: string
  active: number
  pending: number
  invited: number
  inChat: number
}
export type MapState = { places: Record<string, Place>; unlocated: number; at: Timestamp }
export type MapEvent = { at: Timestamp; set?: Place[]; drop?: string[]; unlocated?: number }
