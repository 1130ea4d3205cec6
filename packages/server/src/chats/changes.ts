import type { AgentId, ChatEndReason, GroupId, Timestamp } from '@beckon/protocol'
import type { Work } from '../conversations/commit.ts'
import {
  addParticipant,
  type ChatRecord,
  changeChat,
  leaveChat,
  queueOf,
} from '../store/chat-rows.ts'
import { keepChatText } from '../store/chat-text-rows.ts'
import { type EventActor, insertEvent } from '../store/event-rows.ts'
import { noteRound } from '../store/routing-rows.ts'
import type { Clock } from '../time/clock.ts'
import { end, type Open, pass, take } from './chat.ts'

/*
 * Every change of a chat's state: one compare-and-set, one event row, announced after the commit.
 * Undefined: somebody else was first.
 */

export async function takeChat(
  work: Work,
  chat: ChatRecord,
  { agentId, by, clock }: { agentId: AgentId; by?: EventActor; clock: Clock },
): Promise<ChatRecord | undefined> {
  const queued = lifeOf({ ...chat, agent_id: null })
  if (queued.state !== 'queued') return undefined
  const now = clock.now()
  const life = take(queued, agentId, now)
  const taken = await changeChat(
    work.tx,
    { id: chat.id, state: 'queued' },
    {
      state: life.state,
      agent_id: life.agentId,
      started_at: life.startedAt,
      given_at: now,
      idle_since: now,
    },
  )
  if (!taken) return undefined
  await addParticipant(work.tx, chat.id, agentId)
  await noteRound(work.tx, agentId, now)
  await tell(work, taken, {
    type: 'chat.started',
    by: by ?? { kind: 'agent', id: agentId },
    at: now,
    data: { agentId, queuedMs: now - (queued.waitingSince ?? queued.queuedAt) },
  })
  await queueMoved(work, taken.group_id)
  return taken
}

/** To another agent, or without one to the queue of a group; whoever had it may still open it. */
export async function passChat(
  work: Work,
  chat: ChatRecord,
  {
    to,
    event,
    clock,
  }: {
    to: { groupId: GroupId; agentId: AgentId | null }
    event: { type: string; by: EventActor; data?: Record<string, unknown> }
    clock: Clock
  },
): Promise<ChatRecord | undefined> {
  if (chat.state === 'ended') return undefined
  const now = clock.now()
  const life = pass(lifeOf(chat), to.agentId, now)
  const { id, state, agent_id, group_id } = chat
  const passed = await changeChat(
    work.tx,
    { id, state, agent_id, group_id },
    {
      state: life.state,
      group_id: to.groupId,
      agent_id: to.agentId,
      started_at: life.startedAt ?? null,
      waiting_since: life.state === 'queued' ? (life.waitingSince ?? null) : chat.waiting_since,
      transferred_at: now,
      // The visitor goes on waiting: their time runs on, whoever has them now.
      ...(to.agentId && { given_at: now }),
    },
  )
  if (!passed) return undefined
  if (to.agentId) {
    await addParticipant(work.tx, chat.id, to.agentId)
    await noteRound(work.tx, to.agentId, now)
    // Who answers it takes part as that.
    await leaveChat(work.tx, chat.id, to.agentId)
  }
  const from = { fromGroupId: chat.group_id, fromAgentId: chat.agent_id ?? undefined }
  const data = { ...from, groupId: to.groupId, agentId: to.agentId ?? undefined, ...event.data }
  await tell(work, passed, { ...event, at: now, data })
  if (chat.agent_id) work.announce({ type: 'standing', agentId: chat.agent_id })
  const waited = [
    ...(chat.state === 'queued' ? [chat.group_id] : []),
    ...(passed.state === 'queued' ? [passed.group_id] : []),
  ]
  for (const groupId of new Set(waited)) await queueMoved(work, groupId)
  return passed
}

export async function endChat(
  work: Work,
  chat: ChatRecord,
  {
    by,
    clock,
    reason,
  }: {
    by: { kind: 'agent'; id: AgentId } | { kind: 'visitor'; id: string }
    clock: Clock
    /** Where it is not simply that one of them ended it. */
    reason?: ChatEndReason
  },
): Promise<ChatRecord | undefined> {
  if (chat.state === 'ended') return undefined
  const now = clock.now()
  const life = end(lifeOf(chat), by.kind === 'agent' ? by.id : 'visitor', now, reason)
  const { id, state } = chat
  const ended = await changeChat(
    work.tx,
    { id, state },
    {
      state: life.state,
      ended_at: life.endedAt,
      ended_by: life.endedBy,
      end_reason: life.endReason,
    },
  )
  if (!ended) return undefined
  await keepChatText(work.tx, ended)
  await tell(work, ended, { type: 'chat.ended', by, at: now, data: { reason: life.endReason } })
  if (chat.state === 'queued') await queueMoved(work, ended.group_id)
  return ended
}

/** A row of an open chat as what it is. */
function lifeOf(chat: Omit<ChatRecord, 'state'>): Open {
  const { queued_at: queuedAt, started_at, waiting_since } = chat
  const startedAt = started_at ?? undefined
  if (chat.agent_id) {
    return { state: 'active', queuedAt, startedAt: startedAt ?? queuedAt, agentId: chat.agent_id }
  }
  return {
    state: 'queued',
    queuedAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(waiting_since !== null && { waitingSince: waiting_since }),
  }
}

async function tell(
  { tx, announce }: Work,
  chat: ChatRecord,
  event: { type: string; by: EventActor; at: Timestamp; data: Record<string, unknown> },
) {
  await insertEvent(tx, { ...event, brandId: chat.brand_id, subjectId: chat.id })
  announceChat(announce, chat)
  if (chat.agent_id) announce({ type: 'standing', agentId: chat.agent_id })
}

/** Who waits in this group may have another place now. */
async function queueMoved({ tx, announce }: Work, groupId: GroupId) {
  for (const chat of await queueOf(tx, groupId)) announceChat(announce, chat)
}

export const announceChat = (
  announce: Work['announce'],
  chat: Pick<ChatRecord, 'id' | 'brand_id' | 'visitor_id'>,
): void =>
  announce({ type: 'chat', chatId: chat.id, brandId: chat.brand_id, visitorId: chat.visitor_id })
