import { isDeepStrictEqual } from 'node:util'
import {
  type AgentId,
  type FilterDelete,
  type FilterId,
  type FilterSave,
  type FiltersArrange,
  LIMITS,
  type SavedFilter,
  SHIPPED_FILTERS,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayChangeFilter, seesFilter, worksWithVisitors } from '../agents/rights.ts'
import { createBackground, type FaultLog } from '../conversations/background.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { silentLog } from '../log.ts'
import type { Bus, Unsubscribe } from '../realtime/bus.ts'
import { notThere, Refusal } from '../refusal.ts'
import { insertEvent } from '../store/event-rows.ts'
import {
  allArrangements,
  allFilters,
  changeFilter,
  countFilters,
  deleteFilter,
  insertFilter,
  oneFilter,
  putArrangement,
  standIn,
} from '../store/filter-rows.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { type Filter, filterFrom, recordOf, viewOf } from './saved-filter.ts'

export type Arrangement = { readonly hidden: readonly string[]; readonly order: readonly string[] }
export type Filters = Awaited<ReturnType<typeof createFilters>>

const AS_SHIPPED: Arrangement = { hidden: [], order: [] }

/**
 * Saved filters, kept in memory as well: small, read with every count, changed a few times a day.
 * The database decides who was first; memory follows each commit.
 */
export async function createFilters(deps: {
  store: Store
  bus: Bus
  clock: Clock
  directory: Directory
  log?: FaultLog
}) {
  const { store, bus, clock, directory } = deps
  let { filters, arrangements } = await readAll()
  const listeners = new Set<() => void>()
  const background = createBackground({ log: deps.log ?? silentLog })

  function readAll() {
    return store.read(async (db) => ({
      filters: new Map<FilterId, Filter>(
        (await allFilters(db)).map((row) => [row.id, filterFrom(row)]),
      ),
      arrangements: new Map<AgentId, Arrangement>(
        (await allArrangements(db)).map((row) => [
          row.agent_id,
          { hidden: JSON.parse(row.hidden), order: JSON.parse(row.ordered) },
        ]),
      ),
    }))
  }

  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  const changed = () => bus.publish({ type: 'filters' })
  bus.subscribe(({ type }, from) => {
    if (type !== 'filters') return
    if (from !== 'elsewhere') return tell()
    background.run('filters of another node', async () => {
      const fresh = await readAll()
      if (isDeepStrictEqual(fresh, { filters, arrangements })) return
      ;({ filters, arrangements } = fresh)
      tell()
    })
  })

  const record = (tx: Tx, what: 'saved' | 'deleted', { id, brandId, name }: Filter, by: AgentId) =>
    insertEvent(tx, {
      type: `filter.${what}`,
      at: clock.now(),
      brandId,
      subjectId: id,
      by: { kind: 'agent', id: by },
      data: { name },
    })

  /** One work, once; `now` says whether this was the time. */
  async function change<T>(
    actor: AgentActor,
    command: FilterSave | FilterDelete,
    work: (tx: Tx) => Promise<T>,
  ): Promise<{ result: T; now: boolean }> {
    let now = false
    const result = await store.commit((tx) => {
      now = false
      return once(tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => {
        now = true
        return work(tx)
      })
    })
    return { result, now }
  }

  /** One that is there for this agent and theirs to change, at the version they know. */
  function mine(actor: AgentActor, id: FilterId, version: number): Filter {
    const filter = filters.get(id)
    if (!filter || !seesFilter(actor, filter)) throw notThere('filter')
    if (!mayChangeFilter(actor, filter)) {
      throw new Refusal(
        'not_allowed',
        'Managers change shared filters. Duplicate it to have one of your own.',
      )
    }
    if (filter.version !== version) throw changedMeanwhile(actor, filter)
    return filter
  }

  /** Memory may not know yet what won in the very same transaction. */
  const lost = async (
    tx: Tx,
    actor: AgentActor,
    { filterId: id, standsFor }: { filterId: FilterId; standsFor?: string },
  ): Promise<Refusal> => {
    const row =
      (await oneFilter(tx, id)) ?? (standsFor && (await standIn(tx, actor.agentId, standsFor)))
    return changedMeanwhile(actor, row ? filterFrom(row) : undefined)
  }

  function changedMeanwhile(actor: AgentActor, now: Filter | undefined): Refusal {
    if (!now || !seesFilter(actor, now)) return notThere('filter')
    const view = viewOf(now, actor, directory.now)
    return new Refusal(
      'filter_changed',
      `${view.changedByName} changed this filter meanwhile. What you have is kept here.`,
      { filter: view },
    )
  }

  return {
    /** What an agent sees, shared ones and their own. */
    seenBy: (actor: AgentActor): Filter[] =>
      [...filters.values()].filter((filter) => seesFilter(actor, filter)),
    arrangementOf: (agentId: AgentId): Arrangement => arrangements.get(agentId) ?? AS_SHIPPED,
    /** Somebody's filters, or how somebody arranged them, changed. */
    onChange(listener: () => void): Unsubscribe {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    async save(actor: AgentActor, command: FilterSave): Promise<{ filter: SavedFilter }> {
      const after = asked(actor, command)
      const { filterId, version } = command
      const done = await change(actor, command, async (tx) => {
        const before = version === 0 ? undefined : mine(actor, filterId, version)
        if (before?.ownerId !== after.ownerId || !before) await refuseMany(tx, after.ownerId)
        const written = before
          ? await changeFilter(tx, before, recordOf(after))
          : await insertFilter(tx, recordOf(after))
        if (!written) throw await lost(tx, actor, command)
        await record(tx, 'saved', after, actor.agentId)
        return after
      })
      if (done.now && (filters.get(filterId)?.version ?? 0) < after.version)
        filters.set(filterId, after)
      changed()
      return { filter: viewOf(done.result, actor, directory.now) }
    },

    async remove(actor: AgentActor, command: FilterDelete): Promise<Record<never, never>> {
      const { filterId, version } = command
      const done = await change(actor, command, async (tx) => {
        const before = mine(actor, filterId, version)
        if (!(await deleteFilter(tx, before))) throw await lost(tx, actor, command)
        await record(tx, 'deleted', before, actor.agentId)
      })
      if (done.now) filters.delete(filterId)
      changed()
      return {}
    },

    async arrange(
      actor: AgentActor,
      { hidden, order }: FiltersArrange,
    ): Promise<Record<never, never>> {
      refuseStrangers(actor)
      const row = { hidden: JSON.stringify(hidden), ordered: JSON.stringify(order) }
      await store.commit((tx) => putArrangement(tx, { agent_id: actor.agentId, ...row }))
      arrangements.set(actor.agentId, { hidden, order })
      changed()
      return {}
    },
  }

  function asked(actor: AgentActor, command: FilterSave): Filter {
    refuseStrangers(actor)
    const { filterId: id, filter, shared, brandId = null, standsFor = null } = command
    const name = command.name.trim()
    if (name === '') throw new Refusal('bad_input', 'Give the filter a name.')
    const after: Filter = {
      id,
      ownerId: shared ? null : actor.agentId,
      brandId: shared ? brandId : null,
      name,
      filter,
      standsFor,
      version: command.version + 1,
      changedAt: clock.now(),
      changedBy: actor.agentId,
    }
    if (brandId !== null && !actor.brandIds.has(brandId)) throw notThere('brand')
    if (!mayChangeFilter(actor, after)) {
      throw new Refusal('not_allowed', 'Only managers share filters. Save it as your own.')
    }
    if (standsFor !== null && (shared || !SHIPPED_FILTERS.some((one) => one.id === standsFor))) {
      throw new Refusal('bad_input', 'Only a filter of your own stands for a shipped one.')
    }
    return after
  }
}

function refuseStrangers(actor: AgentActor): void {
  if (worksWithVisitors(actor)) return
  throw new Refusal(
    'not_allowed',
    "Who's On is for agents. Ask an administrator for the agent role.",
  )
}

async function refuseMany(tx: Tx, ownerId: AgentId | null): Promise<void> {
  if ((await countFilters(tx, ownerId)) < LIMITS.filters) return
  throw new Refusal(
    'too_many_filters',
    `${ownerId === null ? 'There are' : 'You have'} ${LIMITS.filters} ${ownerId === null ? 'shared ' : ''}filters, which is the most. Delete one first.`,
  )
}
