import { type Static, Type } from 'typebox'
import { GroupBy, Sort } from './filter.ts'

const strict = { additionalProperties: false } as const
const ColumnName = Type.String({ pattern: '^[a-z]{1,20}$' })

/** How an agent has the list: columns in their order, own widths in pixels, sort, grouping, height. */
export const ListLayout = Type.Object(
  {
    columns: Type.Array(ColumnName, { maxItems: 60 }),
    widths: Type.Record(ColumnName, Type.Integer({ minimum: 24, maximum: 1_200 }), {
      maxProperties: 60,
    }),
    sort: Sort,
    group: Type.Optional(GroupBy),
    density: Type.Union([Type.Literal('comfortable'), Type.Literal('compact')]),
  },
  strict,
)
export type ListLayout = Static<typeof ListLayout>

/** What an agent may want to hear of while they look elsewhere. */
export const NEWS_KINDS = ['assigned', 'accepted', 'message', 'whisper', 'queued', 'alert'] as const
export type NewsKind = (typeof NEWS_KINDS)[number]

/** How an agent is told of news, of which not, and when they are asked whether they are still there. */
export const Notify = Type.Object(
  {
    sound: Type.Boolean(),
    desktop: Type.Boolean(),
    off: Type.Array(Type.Enum([...NEWS_KINDS]), { maxItems: NEWS_KINDS.length }),
    away: Type.Object(
      {
        /** Without input for so long while available; 0 is never. */
        minutes: Type.Integer({ minimum: 0, maximum: 480 }),
        /** Unavailable by itself when the question stays unanswered. */
        switch: Type.Boolean(),
      },
      strict,
    ),
  },
  strict,
)
export type Notify = Static<typeof Notify>

const Keys = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 300 })

/** Keys of the headings that stand alone, for each way to group the list. */
const Folded = Type.Object(
  { site: Type.Optional(Keys), status: Type.Optional(Keys), country: Type.Optional(Keys) },
  strict,
)

/** What an agent has chosen for themselves. A part that is not there is as shipped. */
export const Preferences = Type.Object(
  {
    list: Type.Optional(ListLayout),
    folded: Type.Optional(Folded),
    /** Keys of one letter do nothing (WCAG 2.1.4). */
    lettersOff: Type.Optional(Type.Boolean()),
    notify: Type.Optional(Notify),
  },
  strict,
)
export type Preferences = Static<typeof Preferences>
