import { Type } from 'typebox'
import type { Tag } from './about-visitor.ts'
import type { Message } from './chat.ts'
import type { FormAnswer, SurveyAnswer } from './form.ts'
import {
  type AgentId,
  type ChatId,
  type ChatNoteId,
  ClientId,
  type GroupId,
  Id,
  type TagId,
  type Timestamp,
} from './ids.ts'
import { LIMITS } from './limits.ts'
import type { HandOffReason } from './routing.ts'

/* What agents do with a chat besides answering: together, and for each other. */

/** What a line of the system tells. `text` of the message is the same in English. */
export type MessageFact =
  | { what: 'passed'; by: string; to: string }
  | { what: 'passed_to_group'; by: string; to: string }
  | { what: 'joined'; by: string }
  | { what: 'left'; by: string }
  | { what: 'took_over'; by: string }
  | { what: 'in_line' }

/** Written in a chat for agents only; a whisper is for the one who answers, a transfer’s is its comment. */
export type ChatNote = {
  id: ChatNoteId
  kind: 'note' | 'whisper' | 'transfer'
  agentId: AgentId
  agentName: string
  text: string
  at: Timestamp
}

/** What can be read in the log of a chat. */
export type ChatLogWhat =
  | 'queued'
  | 'started'
  | 'transferred'
  | 'handed_off'
  | 'joined'
  | 'left'
  | 'taken_over'
  | 'noted'
  | 'whispered'
  | 'tagged'
  | 'untagged'
  | 'named'
  | 'ended'
  | 'rated'

/** One thing that happened to a chat, and who did it. */
export type ChatLogLine = {
  id: string
  at: Timestamp
  what: ChatLogWhat
  /** An agent’s name, `visitor`, or absent for what went by itself. */
  by?: string
  byId?: AgentId
  /** Whom it went to, in which group; absent agent: to the queue. */
  agentId?: AgentId
  agentName?: string
  groupName?: string
  /** Of a hand-off. */
  reason?: HandOffReason
  /** A tag, a name, or how it was rated. */
  text?: string
}

/** What this agent may do with a chat now. */
export type ChatAct =
  | 'take'
  | 'speak'
  | 'transfer'
  | 'end'
  | 'note'
  | 'whisper'
  | 'join'
  | 'leave'
  | 'take_over'

/** The part of an open chat that only agents have. */
export type ChatWork = {
  /** In the order in which they were written. */
  notes: ChatNote[]
  log: ChatLogLine[]
  tags: Tag[]
  /** What the visitor filled in before it. */
  answers: FormAnswer[]
  /** What the visitor said of it afterwards. */
  survey: SurveyAnswer | null
  /** Who speaks in it besides its agent. */
  joined: { agentId: AgentId; name: string }[]
  may: ChatAct[]
}

/** Where a chat can be passed on to, as of when it was asked. */
export type TransferTarget = {
  groupId: GroupId
  name: string
  department: string
  brand: string
  /** Why nobody there can be given it; absent: somebody can. */
  off?: string
  agents: {
    agentId: AgentId
    name: string
    activeChats: number
    chatLimit: number
    /** Why they cannot be given it; absent: they can. */
    off?: string
  }[]
}

/** The record of a chat: what is kept of it besides its words. */
export type ChatRecordView = {
  site: string
  visitor: { id: string; name: string; email?: string; username?: string }
  agents: { agentId: AgentId; name: string; part: 'answers' | 'joined' | 'took_part' }[]
  invitation?: { agentName: string; sentAt: Timestamp; viewedAt?: Timestamp }
  waits: { queueMs?: number; firstReplyMs?: number; durationMs?: number }
  messages: Record<Message['from'], number>
  notes: number
}

const strict = { additionalProperties: false } as const
const chat = { id: ClientId, chatId: Id<ChatId>() }
const Words = Type.String({ minLength: 1, maxLength: LIMITS.noteCharacters })

/** Pass it on to somebody, or without an agent to whomever the group’s distribution gives it. */
export const ChatTransfer = Type.Object(
  {
    type: Type.Literal('chat.transfer'),
    ...chat,
    groupId: Id<GroupId>(),
    agentId: Type.Optional(Id<AgentId>()),
    comment: Type.Optional(Type.String({ maxLength: LIMITS.noteCharacters })),
  },
  strict,
)
export const ChatNoteAdd = Type.Object(
  { type: Type.Literal('chat.note'), ...chat, text: Words },
  strict,
)
export const ChatWhisper = Type.Object(
  { type: Type.Literal('chat.whisper'), ...chat, text: Words },
  strict,
)
export const ChatJoin = Type.Object({ type: Type.Literal('chat.join'), ...chat }, strict)
export const ChatLeave = Type.Object({ type: Type.Literal('chat.leave'), ...chat }, strict)
export const ChatTakeOver = Type.Object({ type: Type.Literal('chat.takeOver'), ...chat }, strict)
export const ChatTag = Type.Object(
  {
    type: Type.Literal('chat.tag'),
    ...chat,
    name: Type.String({ minLength: 1, maxLength: LIMITS.tagCharacters }),
  },
  strict,
)
export const ChatUntag = Type.Object(
  { type: Type.Literal('chat.untag'), ...chat, tagId: Id<TagId>() },
  strict,
)
/** What the visitor said they are called, or where to reach them. */
export const ChatContact = Type.Object(
  {
    type: Type.Literal('chat.contact'),
    ...chat,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
  },
  strict,
)
/** A manager sets a colleague’s switches. */
export const AgentSetAvailable = Type.Object(
  {
    type: Type.Literal('agent.setAvailable'),
    id: ClientId,
    agentId: Id<AgentId>(),
    available: Type.Boolean(),
  },
  strict,
)
export const AgentSetActive = Type.Object(
  {
    type: Type.Literal('agent.setActive'),
    id: ClientId,
    agentId: Id<AgentId>(),
    groupId: Id<GroupId>(),
    active: Type.Boolean(),
  },
  strict,
)
