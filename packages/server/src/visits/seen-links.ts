import type { LinkId, SiteId, Timestamp } from '@beckon/protocol'
import type { Directory } from '../directory/directory.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes } from '../time/clock.ts'

/** A link on a busy page is written no more often; nobody needs it to the minute. */
const KEPT_TO = minutes(60)

/** When a page last had each live chat link: told by pages, remembered over restarts. */
export function createSeenLinks({ directory, clock }: { directory: Directory; clock: Clock }) {
  const seen = new Map<LinkId, Timestamp>()
  const kept = new Map<LinkId, Timestamp>()
  return {
    /** The site's main link is on every page, beside those that the page says it has. */
    saw(siteId: SiteId, ids: readonly string[]): void {
      const { sites, links } = directory.now
      const now = clock.now()
      for (const id of [sites.get(siteId)?.mainLinkId, ...ids] as LinkId[]) {
        if (links.get(id)?.siteId === siteId) seen.set(id, now)
      }
    },

    at: (id: LinkId): Timestamp | null => seen.get(id) ?? null,

    async load(store: Store): Promise<void> {
      const rows = await store.read((db) =>
        db.selectFrom('links').select(['id', 'seen_at']).where('seen_at', 'is not', null).execute(),
      )
      for (const { id, seen_at } of rows) {
        seen.set(id, Number(seen_at))
        kept.set(id, Number(seen_at))
      }
    },

    async save(store: Store): Promise<void> {
      for (const [id, at] of seen) {
        if (at - (kept.get(id) ?? 0) < KEPT_TO) continue
        kept.set(id, at)
        await store.append((db) =>
          db.updateTable('links').set({ seen_at: at }).where('id', '=', id).execute(),
        )
      }
    },
  }
}
