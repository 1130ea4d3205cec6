import type { AgentId, BrandId, CannedReplyId, DepartmentId, Timestamp } from '@beckon/protocol'

/* What agents work with: texts at hand, and what is found of chats that have ended. */

export type DeskTables = {
  /** Answers kept for later: an agent's own (no brand), or shared with a brand. */
  canned_replies: {
    id: CannedReplyId
    agent_id: AgentId
    brand_id: BrandId | null
    /** Offered in chats of this department only; null: in all. */
    department_id: DepartmentId | null
    language: string | null
    /** Lower case; one of a kind among an agent's own, and in a brand. */
    shortcut: string
    name: string
    /** Heading it stands under; empty: none. */
    category: string
    text: string
    created_at: Timestamp
  }
  /** When an agent took one last. */
  canned_reply_uses: { agent_id: AgentId; reply_id: CannedReplyId; used_at: Timestamp }
  /**
   * What ended chats are found by, one row each under the chat's number. In the embedded database
   * an index of every three letters, whose row number has no other name than `rowid`.
   */
  chat_texts: { rowid: number; text: string }
}
