import { type Static, Type } from 'typebox'
import { type AgentId, type BanId, type BrandId, Id, type VisitorId } from './ids.ts'

const strict = { additionalProperties: false } as const

/** How long, and why: what every ban says besides whom it is about. */
export const BanTerms = {
  /** Absent: until it is lifted. */
  seconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 315_360_000 })),
  /** For colleagues; no visitor ever reads it. */
  reason: Type.Optional(Type.String({ maxLength: 300 })),
  /** An address or a range as `203.0.113.0/24`; one IPv6 address means its /64. */
  range: Type.Optional(Type.String({ minLength: 2, maxLength: 50 })),
}

/** POST /api/v1/bans: a visitor, a range, or both. `brandId` goes with a range alone, where there are several brands. */
export const BanInput = Type.Object(
  {
    visitorId: Type.Optional(Id<VisitorId>()),
    brandId: Type.Optional(Id<BrandId>()),
    ...BanTerms,
  },
  strict,
)
export type BanInput = Static<typeof BanInput>

/** A ban that is in force. */
export const BanView = Type.Object({
  id: Id<BanId>(),
  brandId: Id<BrandId>(),
  visitorId: Type.Optional(Id<VisitorId>()),
  /** What the visitor was called when they were banned. */
  who: Type.Optional(Type.String()),
  range: Type.Optional(Type.String()),
  reason: Type.String(),
  agentId: Id<AgentId>(),
  agentName: Type.String(),
  createdAt: Type.Number(),
  /** Absent: until it is lifted. */
  until: Type.Optional(Type.Number()),
  /** How often somebody was turned away by it, and when last. Counted every minute. */
  matches: Type.Integer(),
  matchedAt: Type.Optional(Type.Number()),
})
export type BanView = Static<typeof BanView>
