import type {
  AgentId,
  GroupId,
  InvitationId,
  InvitationState,
  InvitationView,
  SiteId,
  VisitId,
  VisitorId,
  VisitRow,
} from '@beckon/protocol'

/* Invented people in every state a row, an invitation and a chat can be in. */

const now = Date.now()
const ago = (seconds: number) => now - seconds * 1_000
let rows = 0

export const SHOP = 'site-shop' as SiteId

export function sampleInvitation(
  state: InvitationState,
  more: Partial<InvitationView> = {},
): InvitationView {
  return {
    id: `invitation-${state}` as InvitationId,
    visitId: 'visit' as VisitId,
    visitorId: 'visitor' as VisitorId,
    recipient: 'Marta Kowalczyk',
    agentId: 'priya' as AgentId,
    agentName: 'Priya',
    groupId: 'group' as GroupId,
    groupName: 'Bike advice',
    siteId: SHOP,
    text: 'Choosing a frame size is easier with two measurements – shall I work yours out with you?',
    state,
    sentAt: ago(40),
    deliveredAt: ago(38),
    viewedAt: ago(36),
    deadline: now + 84_000,
    endedAt: ago(240),
    ...more,
  }
}

export function sampleRow(more: Partial<VisitRow> = {}): VisitRow {
  rows += 1
  return {
    id: `visit-${rows}` as VisitId,
    visitorId: `visitor-${rows}` as VisitorId,
    siteId: SHOP,
    status: 'active',
    who: { rung: 'displayname', text: 'Marta Kowalczyk', verified: true },
    email: 'marta@velokrakow.example',
    visitNumber: 4,
    title: 'Ridgeline 2 – size guide',
    url: 'https://shop.example/bikes/gravel/ridgeline-2/sizes',
    landingUrl: 'https://shop.example/bikes/gravel',
    country: 'pl',
    city: 'Kraków',
    startedAt: ago(761),
    navigatedAt: ago(38),
    hits: 7,
    bot: false,
    ...more,
  }
}

export const SAMPLE_INVITATIONS: readonly InvitationView[] = [
  sampleInvitation('sent'),
  sampleInvitation('delivered'),
  sampleInvitation('viewed'),
  sampleInvitation('viewed', { typing: true }),
  sampleInvitation('accepted'),
  sampleInvitation('declined'),
  sampleInvitation('ignored'),
  sampleInvitation('withdrawn', { endedBy: 'Priya' }),
  sampleInvitation('withdrawn', { reason: 'superseded' }),
  sampleInvitation('expired', { reason: 'not_viewed' }),
  sampleInvitation('expired', { reason: 'left' }),
  sampleInvitation('failed', { reason: 'banned' }),
  sampleInvitation('failed', { reason: 'consent_withdrawn' }),
  sampleInvitation('failed', { reason: 'site_off' }),
]

export const SAMPLE_CHATS: readonly NonNullable<VisitRow['chat']>[] = [
  { id: 'queued', state: 'queued' },
  { id: 'active', state: 'active', agentName: 'Tomasz' },
]

const address = { rung: 'ip', text: '203.0.113.201', verified: false } as const

export const SAMPLE_ROWS: readonly VisitRow[] = [
  sampleRow(),
  sampleRow({ who: address, visitNumber: 1, hits: 1 }),
  sampleRow({ who: { rung: 'code', text: 'Visitor 4F2A', verified: false }, visitNumber: 2 }),
  sampleRow({ status: 'pending', reason: 'silent', navigatedAt: ago(650) }),
  sampleRow({ status: 'pending', reason: 'closed', invitation: sampleInvitation('delivered') }),
  sampleRow({ status: 'pending', reason: 'stopped' }),
  sampleRow({ invitation: sampleInvitation('viewed'), who: address }),
  sampleRow({ chat: { id: 'chat', state: 'active', agentName: 'Tomasz' } }),
  sampleRow({ title: 'Donaudampfschifffahrtsgesellschaftskapitän <b>🚲</b>', country: 'np' }),
  sampleRow({ status: 'removed', reason: 'idle' }),
  sampleRow({ bot: true, who: address }),
]
