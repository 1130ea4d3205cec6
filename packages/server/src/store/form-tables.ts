import type { ChatId, DepartmentId, Timestamp } from '@beckon/protocol'
import type { Json } from './database.ts'

/** What departments ask and say in the panel, and what visitors answered. */
export type FormTables = {
  /** Those that are not as shipped. */
  department_forms: {
    department_id: DepartmentId
    fields: Json
    texts: Json
    survey: Json
    /** Its own words, by language. */
    languages: Json
  }
  /** Under the labels that were shown. */
  chat_answers: { chat_id: ChatId; place: number; label: string; value: string }
  /** One of a chat at most. */
  chat_surveys: { chat_id: ChatId; rating: number; comment: string; answered_at: Timestamp }
}
