import { type Static, Type } from 'typebox'
import type { ChatRow } from './chat.ts'
import { type AgentId, type GroupId, Id, type SiteId } from './ids.ts'
import { LIMITS } from './limits.ts'

/** Ended chats an agent may open, last ended first; every part narrows. */
export const EndedChatsAsk = Type.Object(
  {
    /** Words of names, addresses and messages, all of them anywhere, or the chat's number. */
    text: Type.Optional(Type.String({ maxLength: LIMITS.searchCharacters })),
    /** Who answered it last. */
    agentId: Type.Optional(Id<AgentId>()),
    groupId: Type.Optional(Id<GroupId>()),
    siteId: Type.Optional(Id<SiteId>()),
    /** Ended at or after `from`, and before `to`. */
    from: Type.Optional(Type.Integer({ minimum: 0 })),
    to: Type.Optional(Type.Integer({ minimum: 0 })),
    /** `next` of the page before. */
    before: Type.Optional(Type.String({ pattern: '^\\d{1,15}\\.[0-9A-Za-z_-]{8,64}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false },
)
export type EndedChatsAsk = Static<typeof EndedChatsAsk>

/** One of them: where a message says what was searched for, some words around it. */
export type FoundChat = ChatRow & { excerpt?: string }
