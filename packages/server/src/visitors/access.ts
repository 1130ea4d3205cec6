import type { BrandId, VisitorId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { seesVisitor } from '../agents/rights.ts'
import { notThere } from '../refusal.ts'
import type { Db, Tx } from '../store/store.ts'
import { brandOfVisitor, isOwnVisitor } from '../store/visitor-rows.ts'
import type { Presence } from '../visits/presence.ts'

/**
 * The only way request code gets at what is stored about a visitor (W14): in a brand of theirs, or
 * one they invited or chatted with; for everybody else the visitor is not there.
 */
export async function mustSeeVisitor(
  db: Db | Tx,
  actor: AgentActor,
  visitor: { id: VisitorId; brandId: BrandId },
): Promise<void> {
  if (seesVisitor(actor, visitor.brandId, [])) return
  const own = await isOwnVisitor(db, actor.agentId, visitor.id)
  if (!own || !seesVisitor(actor, visitor.brandId, [actor.agentId])) throw notThere('visitor')
}

/** The same by id, also of somebody who is here and not yet stored. Gives the brand. */
export async function visitorSeenBy(
  db: Db | Tx,
  actor: AgentActor,
  { id, presence }: { id: VisitorId; presence: Pick<Presence, 'ofVisitor'> },
): Promise<BrandId> {
  const [live] = presence.ofVisitor(id)
  const brandId = live?.brandId ?? (await brandOfVisitor(db, id))
  if (!brandId) throw notThere('visitor')
  await mustSeeVisitor(db, actor, { id, brandId })
  return brandId
}
