import { type Static, Type } from 'typebox'
import { VisitFilter } from './filter.ts'
import { type AgentId, type BrandId, ClientId, type FilterId, Id, type Timestamp } from './ids.ts'
import { LIMITS } from './limits.ts'

const strict = { additionalProperties: false } as const
/** A saved filter's id, or the short name of a shipped one. */
const AnyFilterId = Type.String({ pattern: '^[0-9A-Za-z_-]{1,64}$' })

/** A filter with a name (W7): an agent's own, or shared with a brand or with everyone. */
export type SavedFilter = {
  id: FilterId
  name: string
  filter: VisitFilter
  shared: boolean
  /** Shared with the agents of this brand; absent = with everyone. */
  brandId?: BrandId
  /** The shipped filter that this one stands for, in its owner's list. */
  standsFor?: string
  /** Whether this agent may change, share and delete it. */
  mayChange: boolean
  /** Grows by one with every change; a change names the version it was made from. */
  version: number
  changedAt: Timestamp
  changedBy: AgentId
  changedByName: string
}

/** The filters an agent has, and how they arranged them. Shipped ones are known to both sides. */
export type FiltersState = {
  filters: Record<FilterId, SavedFilter>
  /** Ids, shipped ones too, that this agent does not want to see. */
  hidden: string[]
  /** Ids in this agent's order; what is not named follows in its natural order. */
  order: string[]
}
export type FiltersEvent = {
  set?: SavedFilter[]
  drop?: FilterId[]
  hidden?: string[]
  order?: string[]
}

/** Version 0 makes it, under an id of the client's choice; another version changes just that one. */
export const FilterSave = Type.Object(
  {
    type: Type.Literal('filter.save'),
    id: ClientId,
    filterId: Id<FilterId>(),
    version: Type.Integer({ minimum: 0 }),
    name: Type.String({ minLength: 1, maxLength: LIMITS.filterNameCharacters }),
    // Nobody could see or change what must hold besides.
    filter: Type.Omit(VisitFilter, ['and'], strict),
    shared: Type.Boolean(),
    brandId: Type.Optional(Id<BrandId>()),
    standsFor: Type.Optional(AnyFilterId),
  },
  strict,
)
export type FilterSave = Static<typeof FilterSave>

export const FilterDelete = Type.Object(
  {
    type: Type.Literal('filter.delete'),
    id: ClientId,
    filterId: Id<FilterId>(),
    version: Type.Integer({ minimum: 1 }),
  },
  strict,
)
export type FilterDelete = Static<typeof FilterDelete>

const ListOfIds = Type.Array(AnyFilterId, { maxItems: 2 * LIMITS.filters })

/** The agent's own arrangement, whole. */
export const FiltersArrange = Type.Object(
  { type: Type.Literal('filters.arrange'), id: ClientId, hidden: ListOfIds, order: ListOfIds },
  strict,
)
export type FiltersArrange = Static<typeof FiltersArrange>
