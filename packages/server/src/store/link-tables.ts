import type { ImageId, SiteId, Timestamp } from '@beckon/protocol'
import type { Generated } from 'kysely'
import type { Json } from './database.ts'

/** What links have besides a type and a style. */
export type MoreOfLink = {
  /** null: every department of the brand. */
  department_ids: Json | null
  /** null: a message can be left. */
  offline: Json | null
  css: Generated<string>
  /** null: no pictures. */
  images: Json | null
  /** A page had it; written at most once an hour. */
  seen_at: Timestamp | null
}

export type LinkTables = {
  /** Pictures of links, for everybody to fetch. */
  images: {
    id: ImageId
    site_id: SiteId
    type: string
    width: number
    height: number
    /** Base64. */
    data: string
    created_at: Timestamp
  }
}
