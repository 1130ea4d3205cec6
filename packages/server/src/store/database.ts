import type {
  AgentId,
  BanId,
  BrandId,
  ChatEndReason,
  ChatId,
  ChatState,
  DepartmentId,
  FilterId,
  GroupId,
  IdentityKeyId,
  InvitationId,
  InvitationReason,
  InvitationState,
  LinkId,
  LinkType,
  Message,
  NoteId,
  PersonId,
  SavedMessageId,
  SiteId,
  TagId,
  Timestamp,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import type { Generated } from 'kysely'
import type { ArticleTables } from './article-rows.ts'
import type { ChatWorkTables } from './chat-work-tables.ts'
import type { DeskTables } from './desk-tables.ts'
import type { FileTables } from './file-rows.ts'
import type { FormTables } from './form-tables.ts'
import type { LinkTables, MoreOfLink } from './link-tables.ts'
import type { MailTables } from './mail-tables.ts'
import type { RoutedChat, RoutedDepartment, RoutedGroup, RoutingTables } from './routing-tables.ts'
import type { SignInTables } from './sign-in-tables.ts'

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
  SignInTables

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
  visitors: {
    id: VisitorId
    brand_id: BrandId
    /** sha256 of the token, hex; null for presence-only visitors. */
    token_hash: string | null
    display_name: string | null
    username: string | null
    email: string | null
    attributes: Json
    visits: number
    first_seen_at: Timestamp
    last_seen_at: Timestamp
    person_id: PersonId | null
  }
  /** Verified identities: who a website has signed that somebody is, one in a brand. Visitors point to them. */
  persons: {
    id: PersonId
    brand_id: BrandId
    subject: string
    display_name: string | null
    username: string | null
    email: string | null
    verified_at: Timestamp
  }
  bans: {
    id: BanId
    brand_id: BrandId
    visitor_id: VisitorId | null
    /** Of somebody verified: the ban is about every browser of theirs. */
    person_id: Generated<PersonId | null>
    /** What the visitor was called, as the site's IP mode lets it be kept. */
    who: string | null
    /** Canonical text of an address or a range: kept as long as the ban, whatever the IP mode. */
    range: string | null
    reason: string
    agent_id: AgentId
    created_at: Timestamp
    /** null: until it is lifted. */
    until: Timestamp | null
    matches: number
    matched_at: Timestamp | null
  }
  visits: {
    id: VisitId
    visitor_id: VisitorId
    site_id: SiteId
    brand_id: BrandId
    visit_number: number
    started_at: Timestamp
    navigated_at: Timestamp
    seen_at: Timestamp
    ended_at: Timestamp | null
    end_reason: string | null
    hits: number
    landing_url: string
    url: string
    title: string
    referrer: string | null
    search_phrase: string | null
    campaign: string | null
    country: string | null
    region: string | null
    city: string | null
    lat: number | null
    lon: number | null
    language: string | null
    browser: string | null
    os: string | null
    device: string | null
    time_zone: string | null
    screen: string | null
    /** As the site's IP mode allows: full, masked or null. */
    ip: string | null
    bot: Flag
  }
  page_views: {
    /** The page's own id within its visit. */
    visit_id: VisitId
    page_id: string
    at: Timestamp
    url: string
    title: string
    left_at: Timestamp | null
  }
  /** One list for each brand; `folded` is the name in lower case, unique within it. */
  tags: {
    id: TagId
    brand_id: BrandId
    name: string
    folded: string
    tint: number
    created_at: Timestamp
  }
  visitor_tags: { visitor_id: VisitorId; tag_id: TagId; agent_id: AgentId; at: Timestamp }
  visitor_notes: {
    id: NoteId
    brand_id: BrandId
    visitor_id: VisitorId
    agent_id: AgentId
    text: string
    at: Timestamp
    edited_at: Timestamp | null
  }
  /** What pages said about who a visitor is. */
  identified: {
    visit_id: VisitId
    at: Timestamp
    visitor_id: VisitorId
    display_name: string | null
    username: string | null
    email: string | null
  }
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
  /** Answers already given, so that a repeated command has no second effect (I13). Swept after a day. */
  done_commands: {
    actor_id: string
    client_id: string
    fingerprint: string
    result: Json
    at: Timestamp
  }
}
