import {
  type BrandId,
  type CannedReplyId,
  type CannedReplyInput,
  type CannedReplyView,
  LIMITS,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import {
  mayChangeMessage,
  maySeeMessage,
  mayShareMessages,
  worksWithVisitors,
} from '../agents/rights.ts'
import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import {
  type CannedReplyRow,
  cannedRepliesFor,
  cannedReplyById,
  countCannedReplies,
  deleteCannedReply,
  insertCannedReply,
  noteReplyUse,
  updateCannedReply,
} from '../store/canned-reply-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Store, Tx } from '../store/store.ts'
import { isTaken } from '../store/taken.ts'
import type { Clock } from '../time/clock.ts'

export type CannedReplies = ReturnType<typeof createCannedReplies>

/** Answers kept for later: an agent's own, and those managers share with their brand. */
export function createCannedReplies(deps: { store: Store; directory: Directory; clock: Clock }) {
  const { store, directory, clock } = deps

  async function list(actor: AgentActor): Promise<CannedReplyView[]> {
    mustWorkWithVisitors(actor)
    const { agentId, brandIds } = actor
    const rows = await store.read((db) =>
      cannedRepliesFor(db, { agentId, brandIds: [...brandIds] }),
    )
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      shortcut: row.shortcut,
      text: row.text,
      category: row.category,
      departmentId: row.department_id,
      language: row.language,
      shared: row.brand_id !== null,
      brandId: row.brand_id,
      usedAt: row.used_at,
      mine: mayChangeMessage(actor, refOf(row)),
      agentId: row.agent_id,
    }))
  }

  /** As this agent sees it now. */
  async function one(actor: AgentActor, id: CannedReplyId): Promise<CannedReplyView> {
    const found = (await list(actor)).find((reply) => reply.id === id)
    if (!found) throw notThere('canned reply')
    return found
  }

  async function create(actor: AgentActor, input: CannedReplyInput): Promise<CannedReplyView> {
    mustWorkWithVisitors(actor)
    const id = newId<CannedReplyId>()
    await stored(async (tx) => {
      const row: CannedReplyRow = {
        id,
        agent_id: actor.agentId,
        brand_id: input.shared ? brandFor(actor, input) : null,
        department_id: input.departmentId ?? null,
        language: input.language ?? null,
        shortcut: input.shortcut.toLowerCase(),
        name: input.name.trim(),
        category: input.category?.trim() ?? '',
        text: input.text,
        created_at: clock.now(),
      }
      departmentFits(actor, row)
      await roomFor(tx, row)
      await insertCannedReply(tx, row)
      await log(tx, actor, 'canned_reply.created', row)
    })
    return one(actor, id)
  }

  /** Sharing gives it to the brand; taking that back makes it the manager's own. */
  async function update(
    actor: AgentActor,
    id: CannedReplyId,
    patch: Partial<CannedReplyInput>,
  ): Promise<CannedReplyView> {
    await stored(async (tx) => {
      const before = await changeable(tx, actor, id)
      const after: CannedReplyRow = {
        ...before,
        ...(patch.name !== undefined && { name: patch.name.trim() }),
        ...(patch.shortcut !== undefined && { shortcut: patch.shortcut.toLowerCase() }),
        ...(patch.text !== undefined && { text: patch.text }),
        ...(patch.category !== undefined && { category: patch.category.trim() }),
        ...(patch.departmentId !== undefined && { department_id: patch.departmentId }),
        ...(patch.language !== undefined && { language: patch.language }),
      }
      const shared = patch.shared ?? before.brand_id !== null
      if (!shared) after.brand_id = null
      else if (before.brand_id === null) {
        const { department_id: departmentId } = after
        after.brand_id = brandFor(actor, { departmentId, brandId: patch.brandId })
      }
      const moved = after.brand_id !== before.brand_id
      if (moved && !shared) after.agent_id = actor.agentId
      departmentFits(actor, after)
      if (moved) await roomFor(tx, after)
      const { id: _, created_at, ...change } = after
      await updateCannedReply(tx, id, change)
      await log(tx, actor, 'canned_reply.changed', after)
    })
    return one(actor, id)
  }

  async function remove(actor: AgentActor, id: CannedReplyId): Promise<void> {
    await store.commit(async (tx) => {
      const row = await changeable(tx, actor, id)
      await deleteCannedReply(tx, id)
      await log(tx, actor, 'canned_reply.deleted', row)
    })
  }

  /** It went into a message: the list begins with it next time. */
  async function used(actor: AgentActor, id: CannedReplyId): Promise<void> {
    await store.commit(async (tx) => {
      await visible(tx, actor, id)
      await noteReplyUse(tx, { agentId: actor.agentId, replyId: id, at: clock.now() })
    })
  }

  async function visible(tx: Tx, actor: AgentActor, id: CannedReplyId): Promise<CannedReplyRow> {
    const row = await cannedReplyById(tx, id)
    if (!row || !maySeeMessage(actor, refOf(row))) throw notThere('canned reply')
    return row
  }

  async function changeable(tx: Tx, actor: AgentActor, id: CannedReplyId) {
    const row = await visible(tx, actor, id)
    if (!mayChangeMessage(actor, refOf(row))) {
      throw new Refusal('not_allowed', 'Managers change shared replies. Save your own copy.')
    }
    return row
  }

  /** The brand a reply is shared with: that of its department, the one named, or the only one there is. */
  function brandFor(
    actor: AgentActor,
    { departmentId, brandId }: Pick<Partial<CannedReplyInput>, 'departmentId' | 'brandId'>,
  ): BrandId {
    const department = departmentId ? directory.now.departments.get(departmentId) : undefined
    const only = actor.brandIds.size === 1 ? [...actor.brandIds][0] : undefined
    const brand = department?.brandId ?? brandId ?? only
    if (brand !== undefined && mayShareMessages(actor, brand)) return brand
    if (brand === undefined && [...actor.brandIds].some((id) => mayShareMessages(actor, id))) {
      throw new Refusal('bad_input', 'Name the brand or the department the reply is shared with.')
    }
    throw new Refusal('not_allowed', 'Only managers share replies. Ask one of yours.')
  }

  /** A department is one of the agent's brands, and of a shared reply one of its brand. */
  function departmentFits(actor: AgentActor, row: CannedReplyRow): void {
    if (row.department_id === null) return
    const department = directory.now.departments.get(row.department_id)
    const brands = row.brand_id === null ? actor.brandIds : new Set([row.brand_id])
    if (!department || !brands.has(department.brandId)) {
      throw new Refusal('bad_input', 'departmentId names no department of yours.')
    }
  }

  async function roomFor(tx: Tx, row: CannedReplyRow): Promise<void> {
    if ((await countCannedReplies(tx, row)) < LIMITS.cannedReplies) return
    throw new Refusal(
      'limit_reached',
      `There are ${LIMITS.cannedReplies} canned replies already. Delete one first.`,
    )
  }

  /** The index decides, also between two that are saved at once. */
  const stored = (work: (tx: Tx) => Promise<void>): Promise<void> =>
    store.commit(work).catch((error: unknown) => {
      if (!isTaken(error)) throw error
      throw new Refusal(
        'name_taken',
        'Another reply has this shortcut already. Choose another one.',
      )
    })

  /** The text may be long and is in the table; the log tells who did what. */
  const log = (tx: Tx, actor: AgentActor, type: string, row: CannedReplyRow) =>
    insertEvent(tx, {
      type,
      at: clock.now(),
      brandId: row.brand_id,
      subjectId: row.id,
      by: { kind: 'agent', id: actor.agentId },
      data: { name: row.name },
    })

  return { list, create, update, remove, used }
}

const refOf = (row: CannedReplyRow) => ({ agentId: row.agent_id, brandId: row.brand_id })

function mustWorkWithVisitors(actor: AgentActor): void {
  if (worksWithVisitors(actor)) return
  throw new Refusal('not_allowed', 'Canned replies are for agents and managers.')
}
