import type { AgentId, Timestamp } from '@beckon/protocol'
import type { Db } from './store.ts'

/** Every open chat, as far as boards count them. */
export const countedChats = (db: Db) =>
  db
    .selectFrom('chats')
    .select(['state', 'group_id', 'agent_id', 'queued_at', 'waiting_since'])
    .where('state', 'in', ['queued', 'active'])
    .execute()

/** A line that was not renewed for so long died with its node. */
const LINE_LIVES_MS = 30_000

/** Whoever has a console open, on any node. */
export const connectedAgents = async (db: Db, now: Timestamp): Promise<ReadonlySet<AgentId>> => {
  const rows = await db
    .selectFrom('agent_lines')
    .select('agent_id')
    .where('open', '=', 1)
    .where('seen_at', '>', now - LINE_LIVES_MS)
    .execute()
  return new Set(rows.map((row) => row.agent_id))
}
