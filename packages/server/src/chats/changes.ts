import type { AgentId, ChatEndReason } from '@beckon/protocol'
import type { Work } from '../conversations/commit.ts'
import { addParticipant, type ChatRecord, changeChat, queueOf } from '../store/chat-rows.ts'
import { keepChatText } from '../store/chat-text-rows.ts'
import { type EventActor, insertEvent } from '../store/event-rows.ts'
import type { Clock } from '../time/clock.ts'
import { end, take } from './chat.ts'

/*
 * Every change of a chat's state: one compare-and-set, one event row, announced after the commit.
 * Undefined: somebody else was first.
 */

export async function takeChat(
  work: Work,
  chat: ChatRecord,
  { agentId, clock }: { agentId: AgentId; clock: Clock },
): Promise<ChatRecord | undefined> {
  const life = take({ state: 'queued', queuedAt: chat.queued_at }, agentId, clock.now())
  const taken = await changeChat(
    work.tx,
    { id: chat.id, state: 'queued' },
    { state: life.state, agent_id: life.agentId, started_at: life.startedAt },
  )
  if (!taken) return undefined
  await addParticipant(work.tx, chat.id, agentId)
  await tell(work, taken, {
    type: 'chat.started',
    by: { kind: 'agent', id: agentId },
    data: { agentId, queuedMs: life.startedAt - life.queuedAt },
  })
  await queueMoved(work, taken)
  return taken
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
  const queued = { state: 'queued', queuedAt: chat.queued_at } as const
  const life = end(
    chat.agent_id ? take(queued, chat.agent_id, chat.started_at ?? chat.queued_at) : queued,
    by.kind === 'agent' ? by.id : 'visitor',
    clock.now(),
    reason,
  )
  const ended = await changeChat(work.tx, chat, {
    state: life.state,
    ended_at: life.endedAt,
    ended_by: life.endedBy,
    end_reason: life.endReason,
  })
  if (!ended) return undefined
  await keepChatText(work.tx, ended)
  await tell(work, ended, { type: 'chat.ended', by, data: { reason: life.endReason } })
  if (chat.state === 'queued') await queueMoved(work, ended)
  return ended
}

async function tell(
  { tx, announce }: Work,
  chat: ChatRecord,
  event: { type: string; by: EventActor; data: Record<string, unknown> },
) {
  const at = chat.ended_at ?? chat.started_at ?? chat.queued_at
  await insertEvent(tx, { ...event, at, brandId: chat.brand_id, subjectId: chat.id })
  announceChat(announce, chat)
  if (chat.agent_id) announce({ type: 'standing', agentId: chat.agent_id })
}

/** One left the queue: whoever waits behind has another place. */
async function queueMoved({ tx, announce }: Work, left: ChatRecord) {
  for (const chat of await queueOf(tx, left.group_id)) announceChat(announce, chat)
}

export const announceChat = (
  announce: Work['announce'],
  chat: Pick<ChatRecord, 'id' | 'brand_id' | 'visitor_id'>,
): void =>
  announce({ type: 'chat', chatId: chat.id, brandId: chat.brand_id, visitorId: chat.visitor_id })
