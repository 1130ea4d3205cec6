import type { BrandId, VisitId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { seesVisitor, worksWithVisitors } from '../agents/rights.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Visit } from './live.ts'

/**
 * Which visits an agent sees (W14): those of their brands, and any whose chat or invitation is
 * theirs. Agents who see the same share one key, and with it the lists made for it.
 */
export type Sight = {
  readonly key: string
  sees(visit: Visit): boolean
}

export function sightOf(actor: AgentActor, brands: Iterable<BrandId>): Sight {
  if (!worksWithVisitors(actor)) {
    throw new Refusal(
      'not_allowed',
      "Who's On is for agents. Ask an administrator for the agent role.",
    )
  }
  const all = [...brands].every((brand) => actor.brandIds.has(brand))
  return {
    key: all ? 'all' : `${[...actor.brandIds].sort().join(' ')} ${actor.agentId}`,
    sees: all ? () => true : (visit) => seesVisitor(actor, visit.brandId, ownersOf(visit)),
  }
}

/** The visit, or the refusal that does not say whether it exists. */
export function visitSeenBy(
  actor: AgentActor,
  visits: ReadonlyMap<VisitId, Visit>,
  visitId: VisitId,
): Visit {
  const visit = visits.get(visitId)
  if (!visit || !seesVisitor(actor, visit.brandId, ownersOf(visit))) throw notThere('visitor')
  return visit
}

export const ownersOf = ({ row }: Visit): string[] => {
  const owners: string[] = []
  if (row.chat?.agentId) owners.push(row.chat.agentId)
  if (row.invitation) owners.push(row.invitation.agentId)
  return owners
}
