import { type Static, Type } from 'typebox'
import {
  type AgentId,
  ClientId,
  type DepartmentId,
  Id,
  type OfflineMessageId,
  type SiteId,
  type Timestamp,
  type VisitId,
  type VisitorId,
} from './ids.ts'
import { LIMITS } from './limits.ts'
import type { MailStanding } from './mail.ts'

/* What a visitor leaves while nobody can chat, and what agents do with it. */

const strict = { additionalProperties: false } as const

/** By a visitor: who they are, where to answer, what it is about. */
export const OfflineLeave = Type.Object(
  {
    type: Type.Literal('offline.leave'),
    id: ClientId,
    name: Type.String({ minLength: 1, maxLength: 120 }),
    email: Type.String({ minLength: 3, maxLength: 254 }),
    text: Type.String({ minLength: 1, maxLength: LIMITS.messageCharacters }),
    departmentId: Type.Optional(Id<DepartmentId>()),
    /** What else the form asked, as it was shown, and the answers. */
    fields: Type.Optional(
      Type.Array(
        Type.Object(
          {
            label: Type.String({ minLength: 1, maxLength: 80 }),
            value: Type.String({ maxLength: 1_000 }),
          },
          strict,
        ),
        { maxItems: LIMITS.offlineFields },
      ),
    ),
  },
  strict,
)
export type OfflineLeave = Static<typeof OfflineLeave>

/** An offline message in the list. */
export type OfflineRow = {
  id: OfflineMessageId
  siteId: SiteId
  departmentName: string
  /** Absent: left on a page without the script. */
  visitorId?: VisitorId
  visitId?: VisitId
  name: string
  email: string
  /** How it begins. */
  text: string
  at: Timestamp
  unread: boolean
  /** Who took it. */
  agentId?: AgentId
  agentName?: string
  answers: number
  /** Answered, or put aside as done. */
  doneAt?: Timestamp
}

/** GET /api/v1/offline-messages/:id: all of one. */
export type OfflineDetail = {
  message: OfflineRow
  text: string
  fields: { label: string; value: string }[]
  page: { url: string; title: string }
  answers: { id: string; agentName: string; text: string; at: Timestamp; mail?: MailStanding }[]
}

/** Those that wait for somebody, and those that were done in the last minute. */
export type OfflineState = { messages: Record<OfflineMessageId, OfflineRow> }
export type OfflineEvent = { set?: OfflineRow[]; drop?: OfflineMessageId[] }

const about = { id: ClientId, messageId: Id<OfflineMessageId>() }

/** Somebody has read it. */
export const OfflineRead = Type.Object({ type: Type.Literal('offline.read'), ...about }, strict)
/** I see to it. `from`: who has it so far, as the list shows; one wins. */
export const OfflineTake = Type.Object(
  { type: Type.Literal('offline.take'), ...about, from: Type.Union([Id<AgentId>(), Type.Null()]) },
  strict,
)
/** By mail; takes it where nobody has it, and it is done. */
export const OfflineAnswer = Type.Object(
  {
    type: Type.Literal('offline.answer'),
    ...about,
    text: Type.String({ minLength: 1, maxLength: LIMITS.messageCharacters }),
  },
  strict,
)
/** Out of the list without an answer, or back into it. */
export const OfflineDone = Type.Object(
  { type: Type.Literal('offline.done'), ...about, done: Type.Boolean() },
  strict,
)

/** Where a department’s offline messages are mailed to. */
export const OfflineMailing = Type.Object(
  {
    /** `agents`: the members of its front-line group, each. */
    to: Type.Union([Type.Literal('agents'), Type.Literal('address'), Type.Literal('nobody')]),
    address: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
  },
  strict,
)
export type OfflineMailing = Static<typeof OfflineMailing>
