import { type Static, Type } from 'typebox'
import { type AgentId, type BrandId, type CannedReplyId, type DepartmentId, Id } from './ids.ts'
import { LIMITS } from './limits.ts'

/*
 * Canned replies (C7), as REST shows and takes them: an agent's own, and those that managers share
 * with their brand. The text is a template, filled in for the visitor where it is taken.
 */

const strict = { additionalProperties: false } as const
const Language = Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$' })
const OrNull = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()])

const fields = {
  name: Type.String({ minLength: 1, maxLength: LIMITS.savedMessageName, pattern: '\\S' }),
  /** What is typed after `/`; kept in lower case. */
  shortcut: Type.String({
    minLength: 1,
    maxLength: LIMITS.shortcutCharacters,
    pattern: '^[^\\s/#]+$',
  }),
  text: Type.String({ minLength: 1, maxLength: 2 * LIMITS.messageCharacters, pattern: '\\S' }),
  /** Heading it stands under; empty for none. */
  category: Type.String({ maxLength: LIMITS.categoryCharacters }),
  /** Offered in chats of this department only; null for all. */
  departmentId: OrNull(Id<DepartmentId>()),
  /** Offered first to visitors with this language; null for any. */
  language: OrNull(Language),
}

export const CannedReplyInput = Type.Object(
  {
    ...fields,
    category: Type.Optional(fields.category),
    departmentId: Type.Optional(fields.departmentId),
    language: Type.Optional(fields.language),
    /** With the brand instead of for oneself; managers of the brand only. */
    shared: Type.Optional(Type.Boolean()),
    /** Which brand, where the manager works in several and no department says it. */
    brandId: Type.Optional(Id<BrandId>()),
  },
  strict,
)
export type CannedReplyInput = Static<typeof CannedReplyInput>

export const CannedReplyView = Type.Object({
  ...fields,
  id: Id<CannedReplyId>(),
  shared: Type.Boolean(),
  /** Of a shared one. */
  brandId: OrNull(Id<BrandId>()),
  /** When this agent took it last. */
  usedAt: OrNull(Type.Integer()),
  /** Whether this agent may change it. */
  mine: Type.Boolean(),
  /** Who wrote it. */
  agentId: Id<AgentId>(),
})
export type CannedReplyView = Static<typeof CannedReplyView>
