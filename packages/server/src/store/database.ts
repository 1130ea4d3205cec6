import type {
  AgentId,
  BrandId,
  DepartmentId,
  FilterId,
  GroupId,
  IdentityKeyId,
  LinkId,
  LinkType,
  SavedMessageId,
  SiteId,
  Timestamp,
} from '@beckon/protocol'
import type { Generated } from 'kysely'
import type { ArticleTables } from './article-rows.ts'
import type { ChatWorkTables } from './chat-work-tables.ts'
import type { DeskTables } from './desk-tables.ts'
import type { FileTables } from './file-rows.ts'
import type { FormTables } from './form-tables.ts'
import type { LinkTables, MoreOfLink } from './link-tables.ts'
import type { MailTables } from './mail-tables.ts'
import type { RoutedDepartment, RoutedGroup, RoutingTables } from './routing-tables.ts'
import type { SignInTables } from './sign-in-tables.ts'
import type { TalkTables } from './talk-tables.ts'
import type { VisitTables } from './visit-tables.ts'

/*
 * Every table, one type. Booleans are 0/1, moments are milliseconds since 1970, JSON is text: the
 * same on every engine, so queries and tests are one set.
 */

export type Flag = 0 | 1
/** JSON as text; parsed where the noun is read. */
export type Json = string

export type Database = FirstTables &
  ArticleTables &
  ChatWorkTables &
  DeskTables &
  FileTables &
  FormTables &
  LinkTables &
  MailTables &
  RoutingTables &
  SignInTables &
  TalkTables &
  VisitTables

type FirstTables = {
  settings: { key: string; value: Json }
  brands: {
    id: BrandId
    name: string
    slug: string
    accent: string | null
    logo_text: string | null
    created_at: Timestamp
  }
  sites: {
    id: SiteId
    brand_id: BrandId
    kind: 'website' | 'portal'
    name: string
    key: string
    origins: Json
    privacy: 'presence' | 'visit' | 'returning'
    ip_mode: 'full' | 'masked' | 'none'
    language: string
    main_link_id: LinkId | null
    color: number
    off: Flag
    created_at: Timestamp
    /** Names of query keys; null: the usual ones. */
    query_keys: Json | null
    show_privacy: Generated<Flag>
    /** null: what the browser asks for. */
    visitor_language: string | null
  }
  /** Secrets that the servers of websites sign identity tokens with: read to check one, never told again. */
  identity_keys: { id: IdentityKeyId; site_id: SiteId; secret: string; created_at: Timestamp }
  departments: {
    id: DepartmentId
    brand_id: BrandId
    name: string
    live_chat: Flag
    created_at: Timestamp
  } & RoutedDepartment
  groups: {
    id: GroupId
    department_id: DepartmentId
    name: string
    /** One per department. */
    front_line: Flag
    created_at: Timestamp
  } & RoutedGroup
  group_members: { group_id: GroupId; agent_id: AgentId; active: Flag }
  agents: {
    id: AgentId
    name: string
    chat_name: string
    email: string
    /** argon2id, PHC string. */
    password_hash: string
    roles: Json
    available: Flag
    chat_limit: number
    disabled: Flag
    created_at: Timestamp
  }
  sign_ins: {
    id: string
    /** sha256 of the cookie's token, hex. */
    token_hash: string
    agent_id: AgentId
    created_at: Timestamp
    last_seen_at: Timestamp
    expires_at: Timestamp
    /** When its person last showed that it is them. */
    proved_at: Generated<Timestamp>
    passkey_id: Generated<string | null>
    user_agent: string
    ip: string
  }
  /** Failed sign-ins per bucket (account, address, pair); survives a restart. */
  throttles: { bucket: string; failures: number; until: Timestamp }
  links: {
    id: LinkId
    site_id: SiteId
    name: string
    type: LinkType
    style: Json
    created_at: Timestamp
  } & MoreOfLink
  /** Saved filters of Who's On. Without an owner they are shared: with a brand, else with everyone. */
  filters: {
    id: FilterId
    owner_id: AgentId | null
    brand_id: BrandId | null
    name: string
    filter: Json
    /** The shipped filter it stands for in its owner's list. */
    stands_for: string | null
    version: number
    changed_at: Timestamp
    changed_by: AgentId
  }
  /** Which filters an agent hides, and in which order they want them: lists of ids. */
  filter_arrangements: { agent_id: AgentId; hidden: Json; ordered: Json }
  /** Invitation texts kept for later: an agent's own (no brand), or shared with a brand. */
  saved_messages: {
    id: SavedMessageId
    agent_id: AgentId
    brand_id: BrandId | null
    site_id: SiteId | null
    language: string | null
    name: string
    text: string
    created_at: Timestamp
  }
  /** When an agent took one last. */
  saved_message_uses: { agent_id: AgentId; message_id: SavedMessageId; used_at: Timestamp }
  /** What the dialog begins with; `owner` is an agent or a brand, so each has one at most. */
  standard_messages: { owner: string; message_id: SavedMessageId }
  /** What an agent has chosen for themselves: JSON of Preferences. */
  preferences: { agent_id: AgentId; value: Json; changed_at: Timestamp }
}
