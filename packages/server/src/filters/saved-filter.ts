import type {
  AgentId,
  BrandId,
  FilterId,
  SavedFilter,
  Timestamp,
  VisitFilter,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayChangeFilter } from '../agents/rights.ts'
import type { Picture } from '../directory/directory.ts'
import type { FilterRecord } from '../store/filter-rows.ts'

/** A filter with a name (W7). One without an owner is shared: with a brand, else with everyone. */
export type Filter = {
  readonly id: FilterId
  readonly ownerId: AgentId | null
  readonly brandId: BrandId | null
  readonly name: string
  readonly filter: VisitFilter
  /** The shipped filter it stands for in its owner's list. */
  readonly standsFor: string | null
  readonly version: number
  readonly changedAt: Timestamp
  readonly changedBy: AgentId
}

export const filterFrom = (row: FilterRecord): Filter => ({
  id: row.id,
  ownerId: row.owner_id,
  brandId: row.brand_id,
  name: row.name,
  filter: JSON.parse(row.filter) as VisitFilter,
  standsFor: row.stands_for,
  version: Number(row.version),
  changedAt: Number(row.changed_at),
  changedBy: row.changed_by,
})

export const recordOf = (filter: Filter): FilterRecord => ({
  id: filter.id,
  owner_id: filter.ownerId,
  brand_id: filter.brandId,
  name: filter.name,
  filter: JSON.stringify(filter.filter),
  stands_for: filter.standsFor,
  version: filter.version,
  changed_at: filter.changedAt,
  changed_by: filter.changedBy,
})

/** As one agent sees it. */
export const viewOf = (
  filter: Filter,
  actor: AgentActor,
  picture: Pick<Picture, 'agents'>,
): SavedFilter => ({
  id: filter.id,
  name: filter.name,
  filter: filter.filter,
  shared: filter.ownerId === null,
  ...(filter.brandId === null ? {} : { brandId: filter.brandId }),
  ...(filter.standsFor === null ? {} : { standsFor: filter.standsFor }),
  mayChange: mayChangeFilter(actor, filter),
  version: filter.version,
  changedAt: filter.changedAt,
  changedBy: filter.changedBy,
  changedByName: picture.agents.get(filter.changedBy)?.name ?? 'Someone',
})
