import type {
  AgentId,
  BrandId,
  DepartmentId,
  MailId,
  MailKind,
  MailState,
  OfflineMessageId,
  SiteId,
  Timestamp,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import type { Flag, Json } from './database.ts'

/** Mail on its way, and what visitors left while nobody was there. */
export type MailTables = {
  mails: {
    id: MailId
    kind: MailKind
    brand_id: BrandId | null
    /** Whom it tells of: erased with them. */
    visitor_id: VisitorId | null
    /** The chat, message or account it is about. */
    subject_id: string | null
    to_address: string
    reply_to: string | null
    subject: string | null
    /** JSON of Letter; null once it is sent or too old. */
    letter: Json | null
    /** The same at every try, so that a doubled mail is known as one. Given at the first. */
    message_id: string | null
    state: MailState
    tries: number
    reason: string | null
    created_at: Timestamp
    /** `waiting`: the next try. `sending`: when somebody else may take it over. Otherwise null. */
    due_at: Timestamp | null
    /** After this it is of no use and is not sent any more. */
    useless_at: Timestamp | null
    ended_at: Timestamp | null
  }
  /** What somebody wrote while nobody was there to chat. */
  offline_messages: {
    id: OfflineMessageId
    brand_id: BrandId
    site_id: SiteId
    department_id: DepartmentId | null
    /** null: left on a page without the script, such as the portal's form. */
    visitor_id: VisitorId | null
    visit_id: VisitId | null
    name: string
    email: string
    text: string
    /** JSON: what else the form asked for, as label and value. */
    fields: Json
    page_url: string
    page_title: string
    /** What the page spoke; unknown of messages from before it was kept. */
    language: string | null
    at: Timestamp
    read_at: Timestamp | null
    /** Who took it. */
    agent_id: AgentId | null
    done_at: Timestamp | null
    done_by: AgentId | null
  }
  /** Answers by mail. */
  offline_answers: {
    id: string
    message_id: OfflineMessageId
    agent_id: AgentId
    text: string
    at: Timestamp
    mail_id: MailId
  }
  /** How a department has its offline messages. */
  offline_settings: { department_id: DepartmentId; address: string | null; mailed: Flag }
}
