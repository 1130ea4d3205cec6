import type {
  AgentId,
  CardAgent,
  InvitationView,
  PastInvitation,
  SiteId,
  Timestamp,
  VisitorInvitation,
  VisitRow,
} from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import type { InvitationRow } from '../store/invitation-rows.ts'
import { MOST_KEEPS } from './invitation.ts'

/** Names of what has been deleted since. */
const FORMER_AGENT = 'A former agent'
const FORMER_GROUP = 'A former group'

export const agentName = (picture: Picture, agentId: string): string =>
  picture.agents.get(agentId as AgentId)?.name ?? FORMER_AGENT

export const agentCard = (picture: Picture, agentId: AgentId): CardAgent =>
  picture.agents.get(agentId)?.card ?? { name: '', initials: '', tint: 0 }

/** An invitation as agents see it. */
export function invitationView(
  row: InvitationRow,
  picture: Picture,
  typing: boolean,
): InvitationView {
  return {
    id: row.id,
    visitId: row.visit_id,
    visitorId: row.visitor_id,
    recipient: row.recipient,
    agentId: row.agent_id,
    agentName: agentName(picture, row.agent_id),
    groupId: row.group_id,
    groupName: picture.groups.get(row.group_id)?.name ?? FORMER_GROUP,
    siteId: row.site_id,
    text: row.text,
    state: row.state,
    sentAt: row.sent_at,
    ...(row.reason && { reason: row.reason }),
    ...(row.ended_by && { endedBy: agentName(picture, row.ended_by) }),
    ...(row.delivered_at !== null && { deliveredAt: row.delivered_at }),
    ...(row.viewed_at !== null && { viewedAt: row.viewed_at }),
    ...(row.deadline !== null && row.state === 'viewed' && { deadline: row.deadline }),
    ...(row.deadline !== null && row.state !== 'viewed' && { expiresAt: row.deadline }),
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    ...(typing && row.state === 'viewed' && { typing }),
    ...(row.keeps > 0 && { keeps: row.keeps }),
    ...(row.chat_id && { chatId: row.chat_id }),
  }
}

/** What the ledger shows of an earlier one. */
export function pastInvitation(row: InvitationRow, picture: Picture): PastInvitation {
  const view = invitationView(row, picture, false)
  const { id, agentId, agentName, sentAt, endedAt, state, reason, text } = view
  return {
    id,
    agentId,
    agentName,
    sentAt,
    state,
    text,
    ...(endedAt !== undefined && { endedAt }),
    ...(reason && { reason }),
  }
}

/** The same for one page of the invited browser; undefined once it has ended. */
export function visitorInvitation(
  view: InvitationView,
  page: { picture: Picture; siteId: SiteId; now: Timestamp },
): VisitorInvitation | undefined {
  if (view.state !== 'sent' && view.state !== 'delivered' && view.state !== 'viewed')
    return undefined
  return {
    id: view.id,
    state: view.state,
    text: view.text,
    agent: agentCard(page.picture, view.agentId),
    groupName: view.groupName,
    siteName: page.picture.sites.get(page.siteId)?.name ?? '',
    ...(view.deadline !== undefined && { remainingMs: Math.max(0, view.deadline - page.now) }),
    canKeep: (view.keeps ?? 0) < MOST_KEEPS,
  }
}

/** What the visitor's row in Who's On shows of it. */
export function rowMark(view: InvitationView): VisitRow['invitation'] {
  const { id, state, agentId, agentName, sentAt } = view
  const { reason, deliveredAt, viewedAt, deadline, endedAt, endedBy, typing } = view
  return {
    id,
    state,
    agentId,
    agentName,
    sentAt,
    ...(reason && { reason }),
    ...(deliveredAt !== undefined && { deliveredAt }),
    ...(viewedAt !== undefined && { viewedAt }),
    ...(deadline !== undefined && { deadline }),
    ...(endedAt !== undefined && { endedAt }),
    ...(endedBy && { endedBy }),
    ...(typing && { typing }),
  }
}
