import type { AgentId, SiteId, Timestamp, VisitId, VisitorId } from './ids.ts'
import type { InvitationView } from './invitation.ts'

export type VisitStatus = 'active' | 'pending' | 'removed'

/** Why a visit is pending or removed; shown as the status' tooltip. */
export type StatusReason =
  | 'silent'
  | 'closed'
  | 'stopped'
  | 'idle'
  | 'by_hand'
  | 'banned'
  | 'restart'

/** The rung of the identity ladder that names a visitor (S19). `code` is “Visitor 4F2A”. */
export type Identity = {
  rung: 'displayname' | 'username' | 'email' | 'ip' | 'code'
  text: string
  verified: boolean
  /** The next rung below with a value, shown beside the recipient. */
  next?: string
}

/** Who a signed token says a visitor is. `subject` is the website's own name for them. */
export type VerifiedIdentity = {
  subject: string
  name?: string
  username?: string
  email?: string
  /** When the newest token came. */
  at: Timestamp
}

/** One row of Who's On. Everything in it that a visitor sent is hostile text. */
export type VisitRow = {
  id: VisitId
  visitorId: VisitorId
  siteId: SiteId
  status: VisitStatus
  reason?: StatusReason
  who: Identity
  email?: string
  /** 1 for a first visit. */
  visitNumber: number
  title: string
  url: string
  referrer?: string
  searchPhrase?: string
  campaign?: string
  landingUrl: string
  country?: string
  region?: string
  city?: string
  language?: string
  browser?: string
  os?: string
  device?: 'desktop' | 'phone' | 'tablet' | 'tv' | 'other'
  /** Absent when the site keeps no address. */
  ip?: string
  /** Only where the server is set to ask for names. */
  hostname?: string
  startedAt: Timestamp
  /** Last navigation; Idle counts from here. */
  navigatedAt: Timestamp
  hits: number
  bot: boolean
  /** An administrator came through the self-test of the site page. */
  test?: boolean
  invitation?: Pick<
    InvitationView,
    | 'id'
    | 'state'
    | 'reason'
    | 'agentId'
    | 'agentName'
    | 'sentAt'
    | 'deliveredAt'
    | 'viewedAt'
    | 'deadline'
    | 'endedAt'
    | 'endedBy'
    | 'typing'
  >
  /** What agents have tagged this visitor with, in the order of their names. */
  tags?: { name: string; tint: number }[]
  /** Ended chats of this visitor; absent for none. */
  previousChats?: number
  chat?: { id: string; state: 'queued' | 'active'; agentName?: string; agentId?: AgentId }
  /** For removed rows: when the row leaves the list. */
  goneAt?: Timestamp
  /** On another node that cannot be heard now: what is shown is from then. */
  asOf?: Timestamp
}

export type PageView = {
  id: string
  at: Timestamp
  url: string
  title: string
  /** Milliseconds until the next page; absent while it is the current one. */
  stayed?: number
}

/** Everything about one visit for the details pane: the row, its newest pages (LIMITS.trailLast), oldest first, and more. */
export type VisitState = {
  row: VisitRow
  pages: PageView[]
  timeZone?: string
  screen?: string
  campaign?: string
  /** Where the visitor's address is, as far as it is known. */
  place?: { lat: number; lon: number }
  attributes: Record<string, string>
  /** What the website signed about who this is; everything else is what its pages say. */
  verified?: VerifiedIdentity
  invitations: InvitationView[]
  /** The list says `removed` and then the visit leaves: the pane keeps the last state with this mark. */
  gone: boolean
  /** When the visitor was last heard of, once the visit is over. */
  leftAt?: Timestamp
}
export type VisitEvent = Partial<Omit<VisitState, 'pages'>> & {
  /** Upserted by id; a page only ever gains `stayed` and a later title. */
  pages?: PageView[]
}
