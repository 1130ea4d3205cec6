import type { AgentId, BrandId, Colleague, Timestamp, VisitId, VisitorId } from '@beckon/protocol'
import { seconds } from '../time/clock.ts'

/*
 * Who is looking at whom, and who is writing to whom (W10). A console says all it attends to and
 * says it again while it goes on; nothing of it is stored, and nothing outlives its connection or
 * half a minute of silence: a claim informs colleagues, it never keeps them from anything.
 */

const HOLDS = seconds(30)

export type Claim = {
  visitId: VisitId
  visitorId: VisitorId
  brandId: BrandId
  doing: Colleague['doing']
  since: Timestamp
}
/** What one console attends to. */
export type Attention = {
  connectionId: string
  agentId: AgentId
  claims: readonly Claim[]
  until: Timestamp
}
export type Wish = Omit<Claim, 'since'>

/** The attention a console says now. What goes on since before keeps its beginning. */
export function attend(
  who: Pick<Attention, 'connectionId' | 'agentId'>,
  wishes: readonly Wish[],
  { before, now }: { before: Attention | undefined; now: Timestamp },
): Attention {
  const since = (wish: Wish) =>
    before?.claims.find((one) => one.visitId === wish.visitId && one.doing === wish.doing)?.since
  return {
    connectionId: who.connectionId,
    agentId: who.agentId,
    claims: wishes.map((wish) => ({ ...wish, since: since(wish) ?? now })),
    until: now + HOLDS,
  }
}

export const isOver = ({ until }: Attention, now: Timestamp): boolean => now >= until

/**
 * What the consoles of everybody come to, one line for each agent and visit: writing outranks
 * looking, and two consoles of one agent are one agent, there since the earlier of the two.
 */
export function together(all: Iterable<Attention>): Map<string, Claim & { agentId: AgentId }> {
  const found = new Map<string, Claim & { agentId: AgentId }>()
  for (const { agentId, claims } of all) {
    for (const claim of claims) {
      const key = `${agentId} ${claim.visitId}`
      const there = found.get(key)
      if (!there || outranks(claim, there)) found.set(key, { ...claim, agentId })
    }
  }
  return found
}

const outranks = (claim: Claim, there: Claim): boolean =>
  claim.doing === there.doing ? claim.since < there.since : claim.doing === 'writing'
