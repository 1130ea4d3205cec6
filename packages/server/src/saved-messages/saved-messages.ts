import {
  type BrandId,
  LIMITS,
  type SavedMessageId,
  type SavedMessageInput,
  type SavedMessageView,
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
import { insertEvent } from '../store/event-rows.ts'
import {
  countSavedMessages,
  deleteSavedMessage,
  dropStandard,
  insertSavedMessage,
  makeStandard,
  noteUse,
  type SavedMessageRow,
  savedMessageById,
  savedMessagesFor,
  standardMessagesOf,
  updateSavedMessage,
} from '../store/saved-message-rows.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'

export type SavedMessages = ReturnType<typeof createSavedMessages>

/** Invitation texts kept for later: an agent's own, and those managers share with their brand. */
export function createSavedMessages(deps: { store: Store; directory: Directory; clock: Clock }) {
  const { store, directory, clock } = deps

  async function list(actor: AgentActor): Promise<SavedMessageView[]> {
    mustWorkWithVisitors(actor)
    const { agentId } = actor
    const brandIds = [...actor.brandIds]
    return store.read(async (db) => {
      const rows = await savedMessagesFor(db, { agentId, brandIds })
      const standards = await standardMessagesOf(db, [agentId, ...brandIds])
      const standard = new Set(standards.map(({ message_id }) => message_id))
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        text: row.text,
        siteId: row.site_id,
        language: row.language,
        shared: row.brand_id !== null,
        brandId: row.brand_id,
        standard: standard.has(row.id),
        usedAt: row.used_at,
        mine: mayChangeMessage(actor, refOf(row)),
        agentId: row.agent_id,
      }))
    })
  }

  /** As this agent sees it now. */
  async function one(actor: AgentActor, id: SavedMessageId): Promise<SavedMessageView> {
    const found = (await list(actor)).find((message) => message.id === id)
    if (!found) throw notThere('saved message')
    return found
  }

  async function create(actor: AgentActor, input: SavedMessageInput): Promise<SavedMessageView> {
    mustWorkWithVisitors(actor)
    const id = newId<SavedMessageId>()
    await store.commit(async (tx) => {
      const row: SavedMessageRow = {
        id,
        agent_id: actor.agentId,
        brand_id: input.shared ? brandFor(actor, input) : null,
        site_id: input.siteId ?? null,
        language: input.language ?? null,
        name: input.name.trim(),
        text: input.text,
        created_at: clock.now(),
      }
      siteFits(actor, row)
      await roomFor(tx, row)
      await insertSavedMessage(tx, row)
      if (input.standard) await makeStandard(tx, ownerOf(row), id)
      await log(tx, actor, 'saved_message.created', row)
    })
    return one(actor, id)
  }

  /** Sharing gives it to the brand; taking that back makes it the manager's own. */
  async function update(
    actor: AgentActor,
    id: SavedMessageId,
    patch: Partial<SavedMessageInput>,
  ): Promise<SavedMessageView> {
    await store.commit(async (tx) => {
      const before = await changeable(tx, actor, id)
      const after: SavedMessageRow = {
        ...before,
        ...(patch.name !== undefined && { name: patch.name.trim() }),
        ...(patch.text !== undefined && { text: patch.text }),
        ...(patch.siteId !== undefined && { site_id: patch.siteId }),
        ...(patch.language !== undefined && { language: patch.language }),
      }
      const shared = patch.shared ?? before.brand_id !== null
      if (!shared) after.brand_id = null
      else if (before.brand_id === null) {
        after.brand_id = brandFor(actor, { siteId: after.site_id, brandId: patch.brandId })
      }
      const moved = after.brand_id !== before.brand_id
      if (moved && !shared) after.agent_id = actor.agentId
      siteFits(actor, after)
      if (moved) await roomFor(tx, after)
      const { id: _, created_at, ...change } = after
      await updateSavedMessage(tx, id, change)
      if (moved || patch.standard === false) await dropStandard(tx, id)
      if (patch.standard) await makeStandard(tx, ownerOf(after), id)
      await log(tx, actor, 'saved_message.changed', after)
    })
    return one(actor, id)
  }

  async function remove(actor: AgentActor, id: SavedMessageId): Promise<void> {
    await store.commit(async (tx) => {
      const row = await changeable(tx, actor, id)
      await deleteSavedMessage(tx, id)
      await log(tx, actor, 'saved_message.deleted', row)
    })
  }

  /** It went into an invitation: the picker begins with it next time. */
  async function used(actor: AgentActor, id: SavedMessageId): Promise<void> {
    await store.commit(async (tx) => {
      await visible(tx, actor, id)
      await noteUse(tx, { agentId: actor.agentId, messageId: id, at: clock.now() })
    })
  }

  async function visible(tx: Tx, actor: AgentActor, id: SavedMessageId): Promise<SavedMessageRow> {
    const row = await savedMessageById(tx, id)
    if (!row || !maySeeMessage(actor, refOf(row))) throw notThere('saved message')
    return row
  }

  async function changeable(tx: Tx, actor: AgentActor, id: SavedMessageId) {
    const row = await visible(tx, actor, id)
    if (!mayChangeMessage(actor, refOf(row))) {
      throw new Refusal('not_allowed', 'Managers change shared messages. Save your own copy.')
    }
    return row
  }

  /** The brand a message is shared with: that of its site, the one named, or the only one there is. */
  function brandFor(
    actor: AgentActor,
    {
      siteId,
      brandId,
    }: { siteId?: SavedMessageRow['site_id'] | undefined; brandId?: BrandId | undefined },
  ): BrandId {
    const site = siteId ? directory.now.sites.get(siteId) : undefined
    const only = actor.brandIds.size === 1 ? [...actor.brandIds][0] : undefined
    const brand = site?.brandId ?? brandId ?? only
    if (brand !== undefined && mayShareMessages(actor, brand)) return brand
    if (brand === undefined && [...actor.brandIds].some((id) => mayShareMessages(actor, id))) {
      throw new Refusal('bad_input', 'Name the brand or the site the message is shared with.')
    }
    throw new Refusal('not_allowed', 'Only managers share messages. Ask one of yours.')
  }

  /** A site is one the agent sees, and of a shared message one of its brand. */
  function siteFits(actor: AgentActor, row: SavedMessageRow): void {
    if (row.site_id === null) return
    const site = directory.now.sites.get(row.site_id)
    const brands = row.brand_id === null ? actor.brandIds : new Set([row.brand_id])
    if (!site || !brands.has(site.brandId)) {
      throw new Refusal('bad_input', 'siteId names no site of yours.')
    }
  }

  async function roomFor(tx: Tx, row: SavedMessageRow): Promise<void> {
    if ((await countSavedMessages(tx, row)) < LIMITS.savedMessages) return
    throw new Refusal(
      'too_many_messages',
      `There are ${LIMITS.savedMessages} saved messages already. Delete one first.`,
    )
  }

  /** The text may be long and is in the table; the log tells who did what. */
  const log = (tx: Tx, actor: AgentActor, type: string, row: SavedMessageRow) =>
    insertEvent(tx, {
      type,
      at: clock.now(),
      brandId: row.brand_id,
      subjectId: row.id,
      by: { kind: 'agent', id: actor.agentId },
      data: { name: row.name },
    })

  return { list, one, create, update, remove, used }
}

const refOf = (row: SavedMessageRow) => ({ agentId: row.agent_id, brandId: row.brand_id })
const ownerOf = (row: SavedMessageRow): string => row.brand_id ?? row.agent_id

function mustWorkWithVisitors(actor: AgentActor): void {
  if (worksWithVisitors(actor)) return
  throw new Refusal('not_allowed', 'Saved messages are for agents and managers.')
}
