import type {
  AgentId,
  BanId,
  BrandId,
  NoteId,
  PersonId,
  SiteId,
  TagId,
  Timestamp,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import type { Generated } from 'kysely'
import type { Flag, Json } from './database.ts'

/** Who was here, when, on which pages, and what is known of them. */
export type VisitTables = {
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
}
