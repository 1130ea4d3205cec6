import { LIMITS, type VisitId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Directory } from '../directory/directory.ts'
import { notThere } from '../refusal.ts'
import type { Store } from '../store/store.ts'
import { visitorsById } from '../store/visit-rows.ts'
import { trailOf, visitById } from '../store/visitor-rows.ts'
import { mustSeeVisitor } from '../visitors/access.ts'
import type { Visit } from './live.ts'
import { visitorFrom } from './live-visitor.ts'
import { visitFrom } from './rebuild.ts'
import { Trail } from './trail.ts'

export type StoredVisits = ReturnType<typeof createStoredVisits>

/** Visits that have left the list, as they were: for a link somebody kept, and beside a chat. */
export function createStoredVisits(deps: { store: Store; directory: Directory }) {
  const { store, directory } = deps
  return {
    async seenBy(actor: AgentActor, visitId: VisitId): Promise<Visit> {
      return store.read(async (db) => {
        const record = await visitById(db, visitId)
        const site = record && directory.now.sites.get(record.site_id)
        if (!record || !site) throw notThere('visitor')
        await mustSeeVisitor(db, actor, { id: record.visitor_id, brandId: record.brand_id })
        const [person] = await visitorsById(db, [record.visitor_id])
        if (!person) throw notThere('visitor')
        const since = Number(record.seen_at)
        const visit = visitFrom(record, { visitor: visitorFrom(person), site, since })
        visit.edit((row) => {
          row.status = 'removed'
          row.reason = (record.end_reason ?? undefined) as typeof row.reason
        })
        visit.state = { status: 'gone' }
        visit.seenAt = since
        const { first, last } = await trailOf(db, visitId, { first: 0, last: LIMITS.trailLast })
        visit.trail = new Trail([...first, ...last])
        return visit
      })
    },
  }
}
