import type { AgentId, BrandId, ChatId, InvitationView, Message, VisitorId } from '@beckon/protocol'
import type { Attention } from '../colleagues/attention.ts'

/**
 * What has happened and is already committed: what nouns tell the realtime side, and (with Redis)
 * what nodes tell each other. The database is the truth; an announcement is only the doorbell, so a
 * listener reads what it needs. Publishing never throws and never waits. How a new one travels to
 * other nodes is said in `bus-words.ts`.
 */
export type Announcement =
  | { type: 'invitation'; brandId: BrandId; invitation: InvitationView }
  /** The chat's row changed: state, assignee, seen marks, last message. */
  | { type: 'chat'; chatId: ChatId; brandId: BrandId; visitorId: VisitorId }
  | { type: 'message'; chatId: ChatId; visitorId: VisitorId; message: Message }
  | { type: 'typing'; chatId: ChatId; visitorId: VisitorId; who: 'agent' | 'visitor'; on: boolean }
  /** What a visitor is typing. In no row, so it travels itself: sealed, as others can read the bus. */
  | { type: 'typed'; chatId: ChatId; visitorId: VisitorId; sealed: string }
  /** All that one console attends to now; an empty list takes back what it said before. */
  | { type: 'attention'; attention: Attention }
  /** Notes, tags or names of a visitor changed; `named`: what was told in a form or a chat. */
  | { type: 'visitor'; visitorId: VisitorId; brandId: BrandId; named?: true }
  /** Availability, active groups or open chats of an agent changed. */
  | { type: 'standing'; agentId: AgentId }
  /** An offline message came, or something was done about one. */
  | { type: 'offline' }
  /** Saved filters, or how an agent arranged theirs, changed. */
  | { type: 'filters' }
  /** Sites, departments, groups, links, agents: the directory was reloaded. */
  | { type: 'directory' }
  /** A ban was made or lifted: read them anew. */
  | { type: 'bans' }
  /** Sign-ins ended: cut their sockets. No ids = every sign-in of the agent. */
  | { type: 'revoked'; agentId: AgentId; signInIds?: string[] }

export type Unsubscribe = () => void

/** `elsewhere`: another node did it, and does there what is to be done once. */
export type BusListener = (announcement: Announcement, from?: 'elsewhere') => void

export type Bus = {
  publish(announcement: Announcement): void
  subscribe(listener: BusListener): Unsubscribe
}
