import { Type } from 'typebox'
import {
  type AgentId,
  type ChatId,
  ClientId,
  Id,
  type NoteId,
  type SiteId,
  type TagId,
  type Timestamp,
  type VisitId,
  type VisitorId,
} from './ids.ts'
import { LIMITS } from './limits.ts'
import type { PageView } from './visit.ts'

/** A word agents put on visitors; one list for the whole brand. `tint` is one of the eight (0–7). */
export type Tag = { id: TagId; name: string; tint: number }

/** What agents write down about a visitor. Visitors never see it. */
export type VisitorNote = {
  id: NoteId
  agentId: AgentId
  agentName: string
  text: string
  at: Timestamp
  editedAt?: Timestamp
  /** This agent may change and delete it. */
  mayChange: boolean
}

/** What a page said about who the visitor is, and when. */
export type Identified = {
  visitId: VisitId
  at: Timestamp
  displayName?: string
  username?: string
  email?: string
}

/** A chat of the visitor that this agent may open. */
export type VisitorChatEntry = {
  id: ChatId
  number: number
  state: 'queued' | 'active' | 'ended'
  siteId: SiteId
  visitId: VisitId
  groupName: string
  agentName?: string
  queuedAt: Timestamp
  endedAt?: Timestamp
}

/**
 * What is known of a visitor beyond the present visit, live. Lists are newest first and bounded by
 * LIMITS: `more` says which of them are longer than what is told.
 */
export type VisitorState = {
  visitorId: VisitorId
  tags: Tag[]
  notes: VisitorNote[]
  identified: Identified[]
  chats: VisitorChatEntry[]
  more: ('notes' | 'identified' | 'chats')[]
  /** A visit that is going on now. */
  here: { visitId: VisitId; siteId: SiteId } | null
}
export type VisitorEvent = Partial<VisitorState>

/** A visit as it is kept. */
export type PastVisit = {
  id: VisitId
  siteId: SiteId
  visitNumber: number
  startedAt: Timestamp
  /** Absent while it goes on. */
  endedAt?: Timestamp
  /** When the visitor was last heard of. */
  seenAt: Timestamp
  hits: number
  landingUrl: string
  title: string
  url: string
  referrer?: string
  searchPhrase?: string
  campaign?: string
}

/** The pages of one visit, oldest first: all of them, or the first and the last of many. */
export type PageTrail = { total: number; first: PageView[]; last: PageView[] }

const strict = { additionalProperties: false } as const
const NoteText = Type.String({ minLength: 1, maxLength: LIMITS.noteCharacters })

export const VisitorNoteAdd = Type.Object(
  {
    type: Type.Literal('visitor.note'),
    id: ClientId,
    visitorId: Id<VisitorId>(),
    text: NoteText,
  },
  strict,
)
export const NoteEdit = Type.Object(
  { type: Type.Literal('note.edit'), id: ClientId, noteId: Id<NoteId>(), text: NoteText },
  strict,
)
export const NoteDelete = Type.Object(
  { type: Type.Literal('note.delete'), id: ClientId, noteId: Id<NoteId>() },
  strict,
)
export const VisitorTag = Type.Object(
  {
    type: Type.Literal('visitor.tag'),
    id: ClientId,
    visitorId: Id<VisitorId>(),
    /** Of a tag of the brand, case ignored; a new one is made when there is none. */
    name: Type.String({ minLength: 1, maxLength: LIMITS.tagCharacters }),
  },
  strict,
)
export const VisitorUntag = Type.Object(
  {
    type: Type.Literal('visitor.untag'),
    id: ClientId,
    visitorId: Id<VisitorId>(),
    tagId: Id<TagId>(),
  },
  strict,
)
