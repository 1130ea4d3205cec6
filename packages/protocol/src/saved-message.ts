import { type Static, Type } from 'typebox'
import { type AgentId, type BrandId, Id, type SavedMessageId, type SiteId } from './ids.ts'
import { LIMITS } from './limits.ts'

/*
 * Saved invitation messages (W13), as REST shows and takes them: an agent's own, and those that
 * managers share with their brand. The text is a template; its variables are filled in at sending.
 */

const strict = { additionalProperties: false } as const
const OrNull = <T extends ReturnType<typeof Type.Unsafe>>(type: T) =>
  Type.Union([type, Type.Null()])
const Language = Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$' })

const fields = {
  name: Type.String({ minLength: 1, maxLength: LIMITS.savedMessageName, pattern: '\\S' }),
  text: Type.String({ minLength: 1, maxLength: 2 * LIMITS.messageCharacters, pattern: '\\S' }),
  /** Suggested first to visitors of this site; null for any. */
  siteId: OrNull(Type.Unsafe<SiteId>(Type.String({ maxLength: 64 }))),
  /** Suggested first to visitors with this language; null for any. */
  language: Type.Union([Language, Type.Null()]),
}

export const SavedMessageInput = Type.Object(
  {
    ...fields,
    siteId: Type.Optional(fields.siteId),
    language: Type.Optional(fields.language),
    /** With the brand instead of for oneself; managers of the brand only. */
    shared: Type.Optional(Type.Boolean()),
    /** Which brand, where the manager works in several and no site says it. */
    brandId: Type.Optional(Id<BrandId>()),
    /** What the dialog begins with: for oneself, or for everybody of the brand. */
    standard: Type.Optional(Type.Boolean()),
  },
  strict,
)
export type SavedMessageInput = Static<typeof SavedMessageInput>

export const SavedMessageView = Type.Object({
  ...fields,
  id: Id<SavedMessageId>(),
  shared: Type.Boolean(),
  /** Of a shared one. */
  brandId: Type.Union([Id<BrandId>(), Type.Null()]),
  standard: Type.Boolean(),
  /** When this agent took it last. */
  usedAt: Type.Union([Type.Integer(), Type.Null()]),
  /** Whether this agent may change it. */
  mine: Type.Boolean(),
  /** Who wrote it. */
  agentId: Id<AgentId>(),
})
export type SavedMessageView = Static<typeof SavedMessageView>
