import type { AgentId, BrandId, VisitorId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { record } from '../agents/record.ts'
import { mayErase } from '../agents/rights.ts'
import { createCommit, type Work } from '../conversations/commit.ts'
import type { Bus } from '../realtime/bus.ts'
import { notThere, Refusal } from '../refusal.ts'
import { type Erased, eraseVisitors, everyVisitorOf, heldOf } from '../store/erase-rows.ts'
import type { Db, Store } from '../store/store.ts'
import { brandOfVisitor } from '../store/visitor-rows.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence } from '../visits/presence.ts'
import { mustSeeVisitor } from './access.ts'

export type Held = { exportedAt: number; visitorId: VisitorId } & Awaited<ReturnType<typeof heldOf>>
export type Erasure = ReturnType<typeof createErasure>

/** What an erasure does to those who are here. */
type Reach = {
  /** From now on nothing their pages say is heard. */
  silenceVisitor(id: VisitorId): void
  /** Out of the list and out of memory, the connections cut; nothing of them is written any more. */
  forgetVisitor(id: VisitorId): Promise<void>
  /** Their open invitation and chat end, in the caller's work. */
  endTalk(work: Work, visitorId: VisitorId, by: AgentId): Promise<void>
}

/** Everything held about a visitor, to be handed over or erased (W21): with every browser of the same person. */
export function createErasure(deps: {
  store: Store
  bus: Bus
  clock: Clock
  presence: Pick<Presence, 'ofVisitor'>
  reach: Reach
  /** Writes down what waits, so that what is read is all there is. */
  flush(): Promise<void>
  log: { info(fact: object, message: string): void }
}) {
  const { store, bus, clock, presence, reach, flush, log } = deps
  const commit = createCommit({ store, bus })

  async function brandFor(db: Db, actor: AgentActor, id: VisitorId): Promise<BrandId> {
    const [live] = presence.ofVisitor(id)
    const brandId = live?.brandId ?? (await brandOfVisitor(db, id))
    if (!brandId) throw notThere('visitor')
    if (mayErase(actor, brandId)) return brandId
    await mustSeeVisitor(db, actor, { id, brandId })
    throw new Refusal(
      'not_allowed',
      'Only managers and administrators may do this. Ask one of yours.',
    )
  }

  /** Whoever said hello in between was still known then. */
  async function eraseAgain(ids: readonly VisitorId[]): Promise<void> {
    const back = ids.filter((id) => presence.ofVisitor(id).length > 0)
    if (back.length === 0) return
    for (const id of back) await reach.forgetVisitor(id)
    await commit(({ tx }) => eraseVisitors(tx, back))
  }

  return {
    async held(actor: AgentActor, visitorId: VisitorId): Promise<Held> {
      await flush()
      return store.read(async (db) => {
        await brandFor(db, actor, visitorId)
        const held = await heldOf(db, await everyVisitorOf(db, visitorId))
        return { exportedAt: clock.now(), visitorId, ...held }
      })
    },

    /** When it resolves nothing is left but that it was done, by whom and how many rows went. */
    async erase(actor: AgentActor, visitorId: VisitorId): Promise<Erased> {
      const { brandId, ids } = await store.read(async (db) => ({
        brandId: await brandFor(db, actor, visitorId),
        ids: await everyVisitorOf(db, visitorId),
      }))
      for (const id of ids) reach.silenceVisitor(id)
      await commit(async (work) => {
        for (const id of ids) await reach.endTalk(work, id, actor.agentId)
      })
      for (const id of ids) await reach.forgetVisitor(id)
      const erased = await commit(async ({ tx, announce }) => {
        const chats = await tx
          .selectFrom('chats')
          .select(['id', 'visitor_id'])
          .where('visitor_id', 'in', ids)
          .execute()
        const counts = await eraseVisitors(tx, ids)
        await record(tx, {
          type: 'visitor.erased',
          // Not the visitor: their id is what is forgotten.
          subjectId: brandId,
          at: clock.now(),
          agentId: actor.agentId,
          brandId,
          data: counts,
        })
        for (const chat of chats) {
          announce({ type: 'chat', chatId: chat.id, brandId, visitorId: chat.visitor_id })
        }
        for (const id of ids) announce({ type: 'visitor', visitorId: id, brandId })
        announce({ type: 'offline' })
        return counts
      })
      await eraseAgain(ids)
      log.info(erased, 'a visitor was erased')
      return erased
    },
  }
}
