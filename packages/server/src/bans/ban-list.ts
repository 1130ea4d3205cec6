import type { BanId, BrandId, PersonId, Timestamp, VisitorId } from '@beckon/protocol'
import { createLine } from '../conversations/line.ts'
import type { Unsubscribe } from '../realtime/bus.ts'
import { type BanRecord, bansInForce } from '../store/ban-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { type Range, storedRange } from './range.ts'

/** Whoever might be banned: what is known of them when they ask to come in, or are here. */
export type Suspect = {
  brandId: BrandId
  visitorId?: VisitorId | undefined
  /** Who it is verified to be. */
  personId?: PersonId | undefined
  addresses: readonly (string | undefined)[]
  /** What joins the pages of somebody whose browser keeps nothing. */
  presenceKeys?: readonly string[]
}

export type BanList = ReturnType<typeof createBanList>

/** The bans in force, in memory: asked at every hello, read anew whenever one is made or lifted. */
export function createBanList({ store, clock }: { store: Store; clock: Clock }) {
  let bans: (BanRecord & { addresses: Range | undefined })[] = []
  /** Bridges of today, in memory only like themselves (DESIGN §4). */
  const presenceKeys = new Map<string, BanId>()
  const matches = new Map<BanId, { count: number; at: Timestamp }>()
  const listeners = new Set<() => void>()
  const line = createLine()

  const inForce = ({ until }: BanRecord) => until === null || until > clock.now()

  return {
    load: (): Promise<void> =>
      line.add(async () => {
        const rows = await store.read((db) => bansInForce(db, clock.now()))
        bans = rows.map((row) => ({ ...row, addresses: storedRange(row.range) }))
        const known = new Set(bans.map(({ id }) => id))
        for (const [key, id] of presenceKeys) if (!known.has(id)) presenceKeys.delete(key)
      }),

    match(suspect: Suspect): BanRecord | undefined {
      if (bans.length === 0) return undefined
      const held = suspect.presenceKeys?.map((key) => presenceKeys.get(key)).find(Boolean)
      return bans.find(
        (ban) =>
          ban.brand_id === suspect.brandId &&
          inForce(ban) &&
          (ban.id === held ||
            (ban.visitor_id !== null && ban.visitor_id === suspect.visitorId) ||
            (ban.person_id !== null && ban.person_id === suspect.personId) ||
            suspect.addresses.some((address) => address && ban.addresses?.holds(address))),
      )
    },

    /** Of a banned visitor whose browser keeps nothing, this is all that could be known again. */
    hold(key: string, ban: BanRecord): void {
      presenceKeys.set(key, ban.id)
    },

    /** Somebody who is here already turned out to be banned: they are put out like those of a new ban. */
    found(): void {
      for (const listener of listeners) listener()
    },
    onFound(listener: () => void): Unsubscribe {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    /** Somebody was kept out by it. */
    counted({ id }: BanRecord): void {
      const before = matches.get(id)?.count ?? 0
      matches.set(id, { count: before + 1, at: clock.now() })
    },

    /** What was counted since the last time this was asked. */
    takeMatches(): [BanId, { count: number; at: Timestamp }][] {
      const taken = [...matches]
      matches.clear()
      return taken
    },
  }
}
