import type { AgentId, Distribution, TakenReason, Timestamp } from '@beckon/protocol'
import type { Generated } from 'kysely'

/*
 * What chats are given by. Columns of tables that were there before; whoever wrote a row without
 * them finds what is shipped.
 */

export type RoutedDepartment = {
  /** JSON of Hours; null: open at any time. */
  hours: string | null
  closed_outside: Generated<0 | 1>
}

export type RoutedGroup = {
  distribution: Generated<Distribution>
  /** Its open chats with one agent; null: the agent's own limit alone. */
  chat_limit: number | null
  /** Hand-off timers and the queue's alert; null: off. */
  first_reply_seconds: Generated<number | null>
  follow_up_seconds: Generated<number | null>
  gone_seconds: Generated<number | null>
  alert_waiting: number | null
  alert_seconds: Generated<number | null>
}

export type RoutedChat = {
  /** When its agent was given it. */
  given_at: Timestamp | null
  /** Since when its agent lets the visitor wait; null: the agent wrote last. */
  idle_since: Timestamp | null
  /** Its place in the queue when it came. */
  queued_place: number | null
  /** The last hand-off. */
  handed_at: Timestamp | null
  handed_from: AgentId | null
  handed_reason: TakenReason | null
}

export type RoutingTables = {
  /**
   * Which agents have a console connected to which node. A node says every few seconds that its
   * lines are still there; one that died says nothing, and its lines count as lost.
   */
  agent_lines: { node_id: string; agent_id: AgentId; open: 0 | 1; seen_at: Timestamp }
  /** When an agent was given a chat last: among equals the next one goes to who has waited longest. */
  agent_rounds: { agent_id: AgentId; given_at: Timestamp }
}
