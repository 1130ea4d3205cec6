import type { AgentId, ChatEndReason, Timestamp } from '@beckon/protocol'

/*
 * What a chat is and may become (DESIGN §6): queued → active → ended. A queued chat belongs to
 * nobody, an active one to exactly one agent; an end is final. Passed on it may wait again, and
 * keeps its place in line by when it first came.
 */

export type Queued = {
  state: 'queued'
  queuedAt: Timestamp
  /** Passed back to a queue: since when, and when somebody first answered. */
  waitingSince?: Timestamp
  startedAt?: Timestamp
}
export type Active = {
  state: 'active'
  queuedAt: Timestamp
  startedAt: Timestamp
  agentId: AgentId
}
export type Ended = {
  state: 'ended'
  queuedAt: Timestamp
  startedAt?: Timestamp
  agentId?: AgentId
  endedAt: Timestamp
  /** An agent's id, or `visitor`. */
  endedBy: string
  endReason: ChatEndReason
}
export type Open = Queued | Active

export const queue = (now: Timestamp): Queued => ({ state: 'queued', queuedAt: now })

/** From the queue, or straight to the inviter: past queue, limits and hours (S39–S42). */
export const take = (chat: Queued, agentId: AgentId, now: Timestamp): Active => ({
  state: 'active',
  queuedAt: chat.queuedAt,
  startedAt: chat.startedAt ?? now,
  agentId,
})

/** To somebody else, or without an agent to a queue. */
export function pass(chat: Open, agentId: AgentId | null, now: Timestamp): Open {
  const { queuedAt, startedAt } = chat
  if (agentId) return { state: 'active', queuedAt, startedAt: startedAt ?? now, agentId }
  const waitingSince = chat.state === 'queued' ? (chat.waitingSince ?? queuedAt) : now
  return { state: 'queued', queuedAt, waitingSince, ...(startedAt !== undefined && { startedAt }) }
}

export const end = (
  chat: Open,
  by: AgentId | 'visitor',
  now: Timestamp,
  reason?: ChatEndReason,
): Ended => ({
  queuedAt: chat.queuedAt,
  ...(chat.startedAt !== undefined && { startedAt: chat.startedAt }),
  ...(chat.state === 'active' && { agentId: chat.agentId }),
  state: 'ended',
  endedAt: now,
  endedBy: by,
  endReason:
    reason ?? (by !== 'visitor' ? 'agent' : chat.state === 'queued' ? 'left_queue' : 'visitor'),
})
