import { type Static, Type } from 'typebox'
import { type FilterField, GroupBy, Sort, VisitFilter } from './filter.ts'
import { Id, type VisitId } from './ids.ts'
import { LIMITS } from './limits.ts'
import type { VisitRow } from './visit.ts'

const strict = { additionalProperties: false } as const

/** The visits of a list from one to another, both included, or all of it; at most `rangeRows`. */
export const RangeAsk = Type.Object(
  {
    filter: VisitFilter,
    sort: Sort,
    group: Type.Optional(GroupBy),
    from: Type.Optional(Id<VisitId>()),
    to: Type.Optional(Id<VisitId>()),
  },
  strict,
)
export type RangeAsk = Static<typeof RangeAsk>

/** Visits with these words anywhere in what Who's On shows of them; at most `foundRows`. */
export const SearchAsk = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: LIMITS.searchCharacters }) },
  strict,
)

/** What held the words looked for; `key` names an attribute of the page's own. */
export type FoundBy = { field: FilterField; key?: string; value: string }
/** `foundBy` is absent where the name holds them all. */
export type FoundVisit = VisitRow & { foundBy?: FoundBy | undefined }

/** A file of the list: the visits of a filter, or those chosen. */
export const ExportAsk = Type.Object(
  {
    format: Type.Union([Type.Literal('csv'), Type.Literal('json')]),
    columns: Type.Array(Type.String({ pattern: '^[a-z]{1,20}$' }), { minItems: 1, maxItems: 60 }),
    filter: VisitFilter,
    sort: Sort,
    group: Type.Optional(GroupBy),
    visitIds: Type.Optional(Type.Array(Id<VisitId>(), { minItems: 1, maxItems: LIMITS.rangeRows })),
  },
  strict,
)
export type ExportAsk = Static<typeof ExportAsk>
