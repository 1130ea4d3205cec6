import type {
  AgentId,
  BrandId,
  GroupId,
  Identity,
  InvitationId,
  SiteId,
  Timestamp,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import type { Work } from '../conversations/commit.ts'
import { newId } from '../ids.ts'
import {
  addParticipant,
  type ChatRecord,
  insertChat,
  nextChatNumber,
  queueOf,
} from '../store/chat-rows.ts'
import { type EventActor, insertEvent } from '../store/event-rows.ts'
import { noteRound } from '../store/routing-rows.ts'
import { queue, take } from './chat.ts'

export type NewChat = {
  brandId: BrandId
  siteId: SiteId
  visitorId: VisitorId
  visitId: VisitId
  groupId: GroupId
  who: Identity
  /** The inviter, whatever their availability, groups, load or hours; absent: the group's queue. */
  agentId?: AgentId
  invitationId?: InvitationId
  /** Keeps access whatever happens to their membership, also when the chat is not theirs. */
  inviterId?: AgentId
  /** Why it is not the inviter's. */
  assignedReason?: string
  by: EventActor
  at: Timestamp
}

/** The chat's row, participants and events, in the caller's work. Messages follow. */
export async function openChat({ tx, announce }: Work, chat: NewChat): Promise<ChatRecord> {
  const queued = queue(chat.at)
  const life = chat.agentId ? take(queued, chat.agentId, chat.at) : queued
  const record = await insertChat(tx, {
    id: newId(),
    number: await nextChatNumber(tx),
    brand_id: chat.brandId,
    site_id: chat.siteId,
    visitor_id: chat.visitorId,
    visit_id: chat.visitId,
    group_id: chat.groupId,
    agent_id: life.state === 'active' ? life.agentId : null,
    invitation_id: chat.invitationId ?? null,
    state: life.state,
    who: JSON.stringify(chat.who),
    queued_at: life.queuedAt,
    started_at: life.state === 'active' ? life.startedAt : null,
    first_reply_at: null,
    ended_at: null,
    ended_by: null,
    end_reason: null,
    assigned_reason: chat.assignedReason ?? null,
    last_seq: 0,
    agent_seen: 0,
    visitor_seen: 0,
    visitor_delivered: 0,
    ...(chat.agentId
      ? { given_at: chat.at, idle_since: chat.at }
      : { queued_place: (await queueOf(tx, chat.groupId)).length + 1 }),
  })
  for (const agentId of new Set([chat.agentId, chat.inviterId])) {
    if (agentId) await addParticipant(tx, record.id, agentId)
  }
  const { groupId, invitationId, assignedReason } = chat
  const event = { at: chat.at, brandId: chat.brandId, subjectId: record.id }
  await insertEvent(tx, {
    ...event,
    type: 'chat.queued',
    by: chat.by,
    data: { groupId, invitationId, assignedReason },
  })
  if (chat.agentId) {
    await insertEvent(tx, {
      ...event,
      type: 'chat.started',
      by: { kind: 'system' },
      data: { agentId: chat.agentId, invitationId },
    })
    await noteRound(tx, chat.agentId, chat.at)
    announce({ type: 'standing', agentId: chat.agentId })
  }
  announce({
    type: 'chat',
    chatId: record.id,
    brandId: chat.brandId,
    visitorId: chat.visitorId,
  })
  return record
}
