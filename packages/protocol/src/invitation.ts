import type {
  AgentId,
  GroupId,
  InvitationId,
  SiteId,
  Timestamp,
  VisitId,
  VisitorId,
} from './ids.ts'
import type { LinkStyle } from './style.ts'
import type { Identity, VisitStatus } from './visit.ts'

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
  /** Of an accepted one in `me`: how the visitor’s reply begins. */
  reply?: string
}

/** An earlier invitation that the visitor has seen, for whoever thinks of another one (W12). */
export type PastInvitation = Pick<
  InvitationView,
  'id' | 'agentId' | 'agentName' | 'sentAt' | 'endedAt' | 'state' | 'reason' | 'text'
>

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
  style: LinkStyle
  agent: CardAgent
  /** Set while somebody's invitation to this visitor is open. */
  open?: InvitationView
  /** Set while the visitor is in a chat. */
  chatId?: string
  /** What this visitor has seen of earlier invitations, newest first. */
  past: PastInvitation[]
  /** The last one was declined or ignored: the dialog asks before another one. */
  askFirst: boolean
  /** Seconds a viewed invitation waits for a reply. */
  invitationSeconds: number
}
export type ValuesEvent = ValuesState

/** Who speaks to the visitor: the chat name, and initials drawn on a tint (0–7). */
export type CardAgent = { name: string; initials: string; tint: number }
