import {
  LIMITS,
  type PageTrail,
  type PastVisit,
  type VisitId,
  type VisitorId,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Store } from '../store/store.ts'
import type { VisitRecord } from '../store/visit-rows.ts'
import {
  countVisits,
  trailOf,
  visitById,
  visitorsOfSamePerson,
  visitsOf,
} from '../store/visitor-rows.ts'
import type { Presence } from '../visits/presence.ts'
import { mustSeeVisitor, visitorSeenBy } from './access.ts'

export type PastVisits = ReturnType<typeof createPastVisits>

/** What visitors did before, as far back as it is kept (W4, W5). */
export function createPastVisits(deps: { store: Store; presence: Pick<Presence, 'ofVisitor'> }) {
  const { store, presence } = deps
  return {
    async list(
      actor: AgentActor,
      visitorId: VisitorId,
      page: { before: string | undefined; limit: number },
    ): Promise<{ items: PastVisit[]; total: number; next: string | null }> {
      const before = page.before === undefined ? undefined : readCursor(page.before)
      return store.read(async (db) => {
        await visitorSeenBy(db, actor, { id: visitorId, presence })
        const ids = await visitorsOfSamePerson(db, visitorId)
        const rows = await visitsOf(db, ids, { before, limit: page.limit + 1 })
        const items = rows.slice(0, page.limit).map(pastVisit)
        const last = items.at(-1)
        return {
          items,
          total: await countVisits(db, ids),
          next: rows.length > page.limit && last ? `${last.startedAt}.${last.id}` : null,
        }
      })
    },

    async trail(actor: AgentActor, visitId: VisitId): Promise<PageTrail> {
      return store.read(async (db) => {
        const visit = await visitById(db, visitId)
        if (!visit) throw notThere('visitor') // As for one that is not theirs (T3).
        await mustSeeVisitor(db, actor, { id: visit.visitor_id, brandId: visit.brand_id })
        return trailOf(db, visitId, { first: LIMITS.trailFirst, last: LIMITS.trailLast })
      })
    },
  }
}

const pastVisit = (row: VisitRecord): PastVisit => ({
  id: row.id,
  siteId: row.site_id,
  visitNumber: Number(row.visit_number),
  startedAt: Number(row.started_at),
  ...(row.ended_at !== null && { endedAt: Number(row.ended_at) }),
  seenAt: Number(row.seen_at),
  hits: Number(row.hits),
  landingUrl: row.landing_url,
  title: row.title,
  url: row.url,
  ...(row.referrer && { referrer: row.referrer }),
  ...(row.search_phrase && { searchPhrase: row.search_phrase }),
  ...(row.campaign && { campaign: row.campaign }),
})

function readCursor(text: string): { startedAt: number; id: string } {
  const [, startedAt, id] = /^(\d{1,15})\.([0-9A-Za-z_-]{8,64})$/.exec(text) ?? []
  if (!startedAt || !id)
    throw new Refusal('bad_input', 'before must be the “next” of an earlier answer.')
  return { startedAt: Number(startedAt), id }
}
