import type { AgentId, ChatId, ChatNoteId, TagId, Timestamp } from '@beckon/protocol'
import type { Generated } from 'kysely'
import type { Flag, Json } from './database.ts'

/** What working together on chats adds to the tables. */
export type ChatWorkTables = {
  chats: {
    /** Back in a queue since then; null while it has never left its first one. */
    waiting_since: Timestamp | null
    /** When it was passed on last, by whomever. */
    transferred_at: Timestamp | null
    /** Up to here the console of somebody who takes part has it. */
    agent_delivered: Generated<number>
    /** What the visitor said after `agent_seen`. */
    unread: Generated<number>
  }
  sites: {
    /** Agents read along while a visitor types, who is told so. */
    show_typing: Generated<Flag>
  }
  chat_participants: {
    /** Speaks in the chat since then, beside its agent; null: may open it, no more. */
    joined_at: Timestamp | null
  }
  messages: {
    /** Of a line of the system: what happened, for whoever words it. JSON of MessageFact. */
    fact: Json | null
  }
  /** For agents only. In no table that visitors’ streams, transcripts or exports are read from. */
  chat_notes: {
    id: ChatNoteId
    chat_id: ChatId
    agent_id: AgentId
    kind: 'note' | 'whisper' | 'transfer'
    text: string
    at: Timestamp
    /** Of a whisper: when it stood on the screen of whoever answers. */
    heard_at: Timestamp | null
  }
  chat_tags: { chat_id: ChatId; tag_id: TagId; agent_id: AgentId; at: Timestamp }
}
