import type {
  AgentId,
  BrandId,
  ChatEndReason,
  ChatId,
  ChatState,
  GroupId,
  InvitationId,
  InvitationReason,
  InvitationState,
  Message,
  SiteId,
  Timestamp,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import type { Json } from './database.ts'
import type { RoutedChat } from './routing-tables.ts'

/** What was said: invitations, chats and their messages, and the log of every change. */
export type TalkTables = {
  invitations: {
    id: InvitationId
    brand_id: BrandId
    /** Site at sending. */
    site_id: SiteId
    visitor_id: VisitorId
    visit_id: VisitId
    agent_id: AgentId
    group_id: GroupId
    recipient: string
    template: string
    /** What the visitor gets: byte for byte the preview. */
    text: string
    state: InvitationState
    reason: InvitationReason | null
    ended_by: string | null
    sent_at: Timestamp
    delivered_at: Timestamp | null
    viewed_at: Timestamp | null
    /** Next moment a sweep must look: expiry while sent/delivered, `ignored` while viewed; null once ended. */
    deadline: Timestamp | null
    /** Terms added by “Keep it open”, and the last keystroke in the card. */
    keeps: number
    typed_at: Timestamp | null
    ended_at: Timestamp | null
    chat_id: ChatId | null
  }
  chats: {
    id: ChatId
    number: number
    brand_id: BrandId
    site_id: SiteId
    visitor_id: VisitorId
    visit_id: VisitId
    group_id: GroupId
    agent_id: AgentId | null
    invitation_id: InvitationId | null
    state: ChatState
    /** Identity as text for lists and search after the visit is gone: JSON of Identity. */
    who: Json
    queued_at: Timestamp
    started_at: Timestamp | null
    first_reply_at: Timestamp | null
    ended_at: Timestamp | null
    ended_by: string | null
    end_reason: ChatEndReason | null
    /** Why it was not the inviter's, where it was not. */
    assigned_reason: string | null
    last_seq: number
    agent_seen: number
    visitor_seen: number
    visitor_delivered: number
  } & RoutedChat
  chat_participants: { chat_id: ChatId; agent_id: AgentId }
  messages: {
    chat_id: ChatId
    seq: number
    client_id: string
    sender: Message['from']
    agent_id: AgentId | null
    name: string
    text: string
    at: Timestamp
  }
  /** Append-only: one row per change, in the transaction of the change. */
  events: {
    id: string
    at: Timestamp
    type: string
    brand_id: BrandId | null
    subject_id: string
    actor_kind: 'agent' | 'visitor' | 'system'
    actor_id: string | null
    data: Json
  }
  /** Answers already given, so that a repeated command has no second effect (I13). Swept after a day. */
  done_commands: {
    actor_id: string
    client_id: string
    fingerprint: string
    result: Json
    at: Timestamp
  }
}
