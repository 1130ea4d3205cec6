import { type Static, Type } from 'typebox'
import { type BrandId, Id, type MailId } from './ids.ts'

/** What a mail is for. */
export const MAIL_KINDS = [
  'agent_invitation',
  'password_reset',
  'offline_message',
  'offline_answer',
  'transcript',
  'test',
] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/** `waiting` for its next try; `sending` just now; `failed` for good, unless somebody tries again. */
export const MAIL_STATES = ['waiting', 'sending', 'sent', 'failed'] as const
export type MailState = (typeof MAIL_STATES)[number]

/** One mail in the log: what became of it, never what stands in it. */
export const MailView = Type.Object({
  id: Id<MailId>(),
  kind: Type.Unsafe<MailKind>(Type.String({ enum: [...MAIL_KINDS] })),
  brandId: Type.Optional(Id<BrandId>()),
  /** Of a visitor whom the reader may not see: the domain only. */
  to: Type.String(),
  state: Type.Unsafe<MailState>(Type.String({ enum: [...MAIL_STATES] })),
  /** Tries so far. */
  tries: Type.Integer(),
  /** Why the last try failed, in words. */
  reason: Type.Optional(Type.String()),
  createdAt: Type.Number(),
  /** Of a mail that waits. */
  nextTryAt: Type.Optional(Type.Number()),
  sentAt: Type.Optional(Type.Number()),
  /** Its text is still kept, so it can be sent. */
  canTryAgain: Type.Boolean(),
})
export type MailView = Static<typeof MailView>

/** GET /api/v1/mails: newest first, 50 at a time. */
export const MailLog = Type.Object({
  /** Absent: no mail server is set, and everything waits. Never a name or a password. */
  server: Type.Optional(Type.Object({ host: Type.String(), from: Type.String() })),
  waiting: Type.Integer(),
  failed: Type.Integer(),
  items: Type.Array(MailView),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type MailLog = Static<typeof MailLog>

/** POST /api/v1/mails/test */
export const TestMailInput = Type.Object(
  { to: Type.String({ minLength: 3, maxLength: 254 }) },
  { additionalProperties: false },
)
export type TestMailInput = Static<typeof TestMailInput>

/** How one mail that belongs to something stands, for those who wait for it. */
export type MailStanding = { state: MailState; reason?: string }
