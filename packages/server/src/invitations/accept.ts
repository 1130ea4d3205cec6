import type { AgentId, DepartmentId, GroupId, Identity, Timestamp } from '@beckon/protocol'
import { say } from '../chats/messages.ts'
import { openChat } from '../chats/open-chat.ts'
import type { Work } from '../conversations/commit.ts'
import type { Picture } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import { agentForChat, frontLineGroup, groupById } from '../store/assignment-rows.ts'
import { eventData } from '../store/event-rows.ts'
import type { InvitationRow } from '../store/invitation-rows.ts'
import type { VisitorActor } from '../visits/presence.ts'

export type Reply = { id: string; text: string }

/**
 * The chat an accepted invitation becomes: message 1 is the invitation, message 2 the reply (S43).
 * It is the inviter's past availability, active groups, membership, load and hours (S39–S42).
 */
export async function openInvitedChat(
  work: Work,
  {
    row,
    visitor,
    who,
    reply,
    picture,
    at,
  }: {
    row: InvitationRow
    visitor: VisitorActor
    who: Identity
    reply: Reply
    picture: Picture
    at: Timestamp
  },
) {
  const inviter = await agentForChat(work.tx, row.agent_id)
  const assignedReason = !inviter
    ? 'inviter_deleted'
    : inviter.disabled
      ? 'inviter_disabled'
      : undefined
  const chat = await openChat(work, {
    brandId: row.brand_id,
    siteId: row.site_id,
    visitorId: row.visitor_id,
    visitId: visitor.visitId,
    groupId: await groupFor(work, row),
    who,
    invitationId: row.id,
    ...(inviter && { inviterId: row.agent_id }),
    ...(assignedReason ? { assignedReason } : { agentId: row.agent_id }),
    by: { kind: 'visitor', id: row.visitor_id },
    at,
  })
  await say(work, chat, {
    sender: { from: 'agent', agentId: row.agent_id, name: chatName(picture, row.agent_id) },
    clientId: row.id,
    text: row.text,
    at,
    reply: false,
  })
  const said = await say(work, chat, {
    sender: { from: 'visitor' },
    clientId: reply.id,
    text: reply.text,
    at,
  })
  return { chat, seq: said.seq }
}

const chatName = (picture: Picture, agentId: AgentId) => picture.agents.get(agentId)?.chatName ?? ''

/** The chosen group; if it is gone, its department's front-line group, which only the log still knows. */
async function groupFor({ tx }: Work, row: InvitationRow): Promise<GroupId> {
  if (await groupById(tx, row.group_id)) return row.group_id
  const sent = await eventData(tx, row.id, 'invitation.sent')
  const group = await frontLineGroup(
    tx,
    row.brand_id,
    sent?.departmentId as DepartmentId | undefined,
  )
  if (!group) throw new Refusal('no_agents', 'Nobody can answer here any more.')
  return group.id
}
