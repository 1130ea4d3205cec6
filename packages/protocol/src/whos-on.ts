import { type Static, Type } from 'typebox'
import type {
  AgentId,
  GroupId,
  InvitationId,
  SiteId,
  Timestamp,
  VisitId,
  VisitorId,
} from './ids.ts'
import { LIMITS } from './limits.ts'

export type VisitStatus = 'active' | 'pending' | 'removed'

/** Why a visit is pending or removed; shown as the status' tooltip. */
export type StatusReason = 'silent' | 'closed' | 'stopped' | 'idle' | 'by_hand' | 'restart'

/** The rung of the identity ladder that names a visitor (S19). `code` is “Visitor 4F2A”. */
export type Identity = {
  rung: 'displayname' | 'username' | 'email' | 'ip' | 'code'
  text: string
  verified: boolean
  /** The next rung below with a value, shown beside the recipient. */
  next?: string
}

export type InvitationState =
  | 'sent'
  | 'delivered'
  | 'viewed'
  | 'accepted'
  | 'declined'
  | 'ignored'
  | 'withdrawn'
  | 'expired'
  | 'failed'

export const OPEN_INVITATION_STATES = ['sent', 'delivered', 'viewed'] as const

/** Why an invitation ended, where the state alone does not say it. */
export type InvitationReason =
  | 'undone'
  | 'withdrawn'
  | 'replaced'
  | 'superseded'
  | 'not_viewed'
  | 'left'
  | 'banned'
  | 'consent_withdrawn'
  | 'site_off'

/** An invitation as agents see it, live. */
export type InvitationView = {
  id: InvitationId
  visitId: VisitId
  visitorId: VisitorId
  /** Identity ladder text at the time of sending. */
  recipient: string
  agentId: AgentId
  agentName: string
  groupId: GroupId
  groupName: string
  siteId: SiteId
  text: string
  state: InvitationState
  reason?: InvitationReason
  /** Who withdrew or replaced it, where a person did. */
  endedBy?: string
  sentAt: Timestamp
  deliveredAt?: Timestamp
  viewedAt?: Timestamp
  /** While viewed: when it will be ignored, by the server's clock. */
  deadline?: Timestamp
  /** While sent or delivered: when it expires unseen. */
  expiresAt?: Timestamp
  endedAt?: Timestamp
  /** The visitor is writing in the card. */
  typing?: boolean
  /** How often the visitor asked to keep it open; absent for never. */
  keeps?: number
  chatId?: string
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
  startedAt: Timestamp
  /** Last navigation; Idle counts from here. */
  navigatedAt: Timestamp
  hits: number
  bot: boolean
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
  chat?: { id: string; state: 'queued' | 'active'; agentName?: string; agentId?: AgentId }
  /** For removed rows: when the row leaves the list. */
  goneAt?: Timestamp
}

export const FILTER_FIELDS = [
  'status',
  'site',
  'visitor',
  'email',
  'title',
  'url',
  'viewed',
  'landing',
  'referrer',
  'search',
  'country',
  'city',
  'region',
  'language',
  'browser',
  'os',
  'device',
  'ip',
  'hits',
  'duration',
  'idle',
  'visits',
  'invitation',
  'chat',
  'place',
  'located',
] as const
export type FilterField = (typeof FILTER_FIELDS)[number]

export const FILTER_OPERATORS = [
  'is',
  'is_not',
  'contains',
  'starts_with',
  'ends_with',
  'in',
  'greater',
  'less',
  'empty',
  'not_empty',
] as const
export type FilterOperator = (typeof FILTER_OPERATORS)[number]

const oneOf = <T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...values] }))

/** One condition. Values are text; numbers as digits (seconds for duration and idle); `in` splits at commas. */
export const Condition = Type.Object(
  {
    field: oneOf(FILTER_FIELDS),
    op: oneOf(FILTER_OPERATORS),
    value: Type.Optional(Type.String({ maxLength: 500 })),
    off: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type Condition = Static<typeof Condition>

export const VisitFilter = Type.Object(
  {
    match: Type.Union([Type.Literal('all'), Type.Literal('any')]),
    conditions: Type.Array(Condition, { maxItems: 20 }),
    /** Show bots instead of people. */
    bots: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type VisitFilter = Static<typeof VisitFilter>

export const EVERYONE: VisitFilter = { match: 'all', conditions: [] }

/** Filters every agent has (W7). Names are what the side list's accessible names say. */
export const SHIPPED_FILTERS: readonly { id: string; name: string; filter: VisitFilter }[] = [
  { id: 'everyone', name: 'All visitors', filter: EVERYONE },
  {
    id: 'new',
    name: 'New visitors',
    filter: { match: 'all', conditions: [{ field: 'visits', op: 'is', value: '1' }] },
  },
  {
    id: 'returning',
    name: 'Returning',
    filter: { match: 'all', conditions: [{ field: 'visits', op: 'greater', value: '1' }] },
  },
  {
    id: 'long',
    name: 'On the site > 3 min',
    filter: { match: 'all', conditions: [{ field: 'duration', op: 'greater', value: '180' }] },
  },
  {
    id: 'pricing',
    name: 'Viewed pricing or cart',
    filter: {
      match: 'any',
      conditions: [
        { field: 'viewed', op: 'contains', value: 'pric' },
        { field: 'viewed', op: 'contains', value: 'cart' },
        { field: 'viewed', op: 'contains', value: 'basket' },
        { field: 'viewed', op: 'contains', value: 'checkout' },
      ],
    },
  },
  {
    id: 'search',
    name: 'From a search engine',
    filter: { match: 'all', conditions: [{ field: 'search', op: 'not_empty' }] },
  },
  {
    id: 'idle',
    name: 'Idle',
    filter: { match: 'all', conditions: [{ field: 'idle', op: 'greater', value: '300' }] },
  },
]

export const SORT_FIELDS = [
  'status',
  'visitor',
  'title',
  'site',
  'referrer',
  'invitation',
  'started',
  'hits',
  'duration',
  'idle',
  'country',
  'city',
  'browser',
] as const
export type SortField = (typeof SORT_FIELDS)[number]

export const Sort = Type.Object(
  { by: oneOf(SORT_FIELDS), dir: Type.Union([Type.Literal('asc'), Type.Literal('desc')]) },
  { additionalProperties: false },
)
export type Sort = Static<typeof Sort>

/** Newest first, as the list ships. */
export const DEFAULT_SORT: Sort = { by: 'started', dir: 'desc' }

/** A slice of the filtered, sorted list. `order` and `rows` are always consistent in one frame. */
export type WindowState = {
  total: number
  offset: number
  order: VisitId[]
  rows: Record<VisitId, VisitRow>
  /** Held list only: how many moves, arrivals and departures wait to be applied. */
  waiting: number
  /** Server time of the newest fact in here. */
  at: Timestamp
  /** Milliseconds between frames when the server had to slow down; 250 normally. */
  interval: number
}
export type WindowEvent = {
  at: Timestamp
  interval: number
  total?: number
  offset?: number
  /** The whole order of the slice, when it changed. */
  order?: VisitId[]
  /** Rows that are new in the slice or changed. Rows no longer in `order` are dropped. */
  rows?: VisitRow[]
  waiting?: number
}

/** Exact totals of what the agent may see (W3); bots are counted in `bots` only. */
export type CountsState = {
  online: number
  active: number
  pending: number
  inChat: number
  invited: number
  bots: number
  sites: Record<SiteId, number>
  /** By id of SHIPPED_FILTERS. */
  filters: Record<string, number>
  at: Timestamp
  /** When the last visitor left, for the empty list. */
  lastLeftAt?: Timestamp
  /** After so long without a page a visit leaves the list; for the amber of its Idle. */
  idleSeconds?: number
  /** How long a visit that left stands gray in the list. */
  removedSeconds?: number
}
export type CountsEvent = CountsState

/** Visitors at one coordinate. `key` is usable as the value of a `place` condition. */
export type Place = {
  key: string
  lat: number
  lon: number
  city?: string
  country?: string
  active: number
  pending: number
  invited: number
  inChat: number
}
export type MapState = { places: Record<string, Place>; unlocated: number; at: Timestamp }
export type MapEvent = { at: Timestamp; set?: Place[]; drop?: string[]; unlocated?: number }

export type PageView = {
  id: string
  at: Timestamp
  url: string
  title: string
  /** Milliseconds until the next page; absent while it is the current one. */
  stayed?: number
}

/** Everything about one visit for the details pane: the row, its pages, oldest first, and more. */
export type VisitState = {
  row: VisitRow
  pages: PageView[]
  timeZone?: string
  screen?: string
  campaign?: string
  attributes: Record<string, string>
  invitations: InvitationView[]
  /** The list says `removed` and then the visit leaves: the pane keeps the last state with this mark. */
  gone: boolean
}
export type VisitEvent = Partial<Omit<VisitState, 'pages'>> & {
  /** Upserted by id; a page only ever gains `stayed` and a later title. */
  pages?: PageView[]
}

/** A group an agent may choose in the dialog (S22). */
export type GroupChoice = {
  id: GroupId
  name: string
  departmentId: string
  department: string
  own: boolean
}

/**
 * What the invitation dialog works with: one version of one visitor's values. The server keeps a
 * version for 60 s after it was replaced and renders with exactly the version named at sending.
 */
export type ValuesState = {
  version: string
  visitId: VisitId
  status: VisitStatus
  recipient: Identity
  /** Every variable this visitor knows, built-in and custom; null = no value. No group or department: those come from the chosen group. */
  values: Record<string, string | null>
  groups: GroupChoice[]
  siteName: string
  brandName: string
  pageUrl: string
  /** The live chat link that styles the card, or null for the default style. */
  linkName: string | null
  style: import('./style.ts').LinkStyle
  agent: CardAgent
  /** Set while somebody's invitation to this visitor is open. */
  open?: InvitationView
  /** Set while the visitor is in a chat. */
  chatId?: string
  /** Seconds a viewed invitation waits for a reply. */
  invitationSeconds: number
}
export type ValuesEvent = ValuesState

/** Who speaks to the visitor: the chat name, and initials drawn on a tint (0–7). */
export type CardAgent = { name: string; initials: string; tint: number }

export const WINDOW_LIMIT = LIMITS.windowRows
