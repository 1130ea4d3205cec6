import type { ChatWork, MessageFact } from './chat-work.ts'
import type { ChatFile } from './file.ts'
import type { VisitorSurvey } from './form.ts'
import type {
  AgentId,
  ChatId,
  GroupId,
  InvitationId,
  SiteId,
  Timestamp,
  VisitId,
  VisitorId,
} from './ids.ts'
import type { CardAgent } from './invitation.ts'
import type { TakenReason } from './routing.ts'
import type { Identity } from './visit.ts'

/** A stored message. `seq` is gapless per chat from 1 and given at commit; nothing reorders it. */
export type Message = {
  seq: number
  /** The sender's own id for it; a pending bubble and the stored message are one element. */
  clientId: string
  from: 'visitor' | 'agent' | 'system'
  /** Chat name of the agent, or empty. Never taken from a payload. */
  name: string
  agentId?: AgentId
  text: string
  at: Timestamp
  /** Of a line of the system: what it tells, to be said in another language. */
  fact?: MessageFact
  /** The message is a file; its text is the file's name. */
  file?: ChatFile
}

export type ChatState = 'queued' | 'active' | 'ended'
export type ChatEndReason = 'agent' | 'visitor' | 'left_queue' | 'inactive' | 'banned'

/** One chat as agents see it in a list. */
export type ChatRow = {
  id: ChatId
  number: number
  state: ChatState
  siteId: SiteId
  groupId: GroupId
  groupName: string
  departmentName: string
  visitorId: VisitorId
  visitId: VisitId
  who: Identity
  /** The assignee; absent while queued. */
  agentId?: AgentId
  agentName?: string
  /** Set when the chat began with an invitation (S8, S43). */
  invitationId?: InvitationId
  queuedAt: Timestamp
  /** Passed back to a queue at this time: what a wait counts from. The place goes by `queuedAt`. */
  waitingSince?: Timestamp
  startedAt?: Timestamp
  firstReplyAt?: Timestamp
  endedAt?: Timestamp
  endedBy?: string
  endReason?: ChatEndReason
  lastSeq: number
  last?: { from: Message['from']; text: string; at: Timestamp }
  /** Highest seq the agents' side has seen; `lastSeq − agentSeen` of the visitor's messages are unread. */
  agentSeen: number
  visitorSeen: number
  visitorDelivered: number
  unread: number
  /** The visitor is writing. */
  typing?: true
  /** The last of those that whoever answers has not looked at yet, and how many they are. */
  whisper?: { agentName: string; text: string; at: Timestamp; count: number }
  /** From whom it was taken last, and why. */
  handedOff?: { agentId: AgentId; agentName: string; reason: TakenReason; at: Timestamp }
}

/** The chats list: every open chat the agent may see, plus those that ended in the last minute. */
export type ChatsState = { chats: Record<ChatId, ChatRow> }
export type ChatsEvent = { set?: ChatRow[]; drop?: ChatId[] }

/** One open chat: row, messages, who is typing. */
export type ChatDetailState = {
  chat: ChatRow
  messages: Message[]
  typing: 'visitor' | 'agent' | null
  /** What the visitor is typing, where they were told that it is read; else empty. */
  typed: string
  /** Whether the visitor has a live connection now. */
  visitorHere: boolean
  invitation?: {
    agentName: string
    sentAt: Timestamp
    viewedAt?: Timestamp
    repliedAt: Timestamp
  }
  work: ChatWork
}
export type ChatDetailEvent = {
  chat?: ChatRow
  /** Those parts of it that changed, whole; of `notes` and `log` the lines that did. */
  work?: Partial<ChatWork>
  /** Appended; a client drops what it has (seq ≤ its last). */
  messages?: Message[]
  typing?: ChatDetailState['typing']
  typed?: string
  visitorHere?: boolean
}

/** A chat as its visitor sees it. */
export type VisitorChat = {
  id: ChatId
  state: ChatState
  /** Who answers; absent while queued. */
  agent?: CardAgent
  groupName: string
  /** Place in the queue from 1; absent when active. */
  place?: number
  /** How long the wait may still be, by what others waited lately; absent when unknown. */
  waitMs?: number
  lastSeq: number
  agentSeen: number
  /** Highest seq that the console of somebody who takes part has. */
  agentDelivered?: number
  visitorSeen: number
  /** When the agent came to it. */
  joinedAt?: Timestamp
  /** The department’s own words for this moment, in the queue or at the end. */
  says?: string
  endedBy?: 'agent' | 'visitor'
  endedAt?: Timestamp
  survey?: VisitorSurvey
}
export type VisitorChatState = {
  chat: VisitorChat
  messages: Message[]
  /** The agent is typing. */
  typing: boolean
}
export type VisitorChatEvent = { chat?: VisitorChat; messages?: Message[]; typing?: boolean }
