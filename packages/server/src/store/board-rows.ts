import type { AgentId } from '@beckon/protocol'
import type { Db } from './store.ts'

/** Every open chat, as far as boards count them. */
export const countedChats = (db: Db) =>
  db
    .selectFrom('chats')
    .select(['state', 'group_id', 'agent_id', 'queued_at', 'waiting_since'])
    .where('state', 'in', ['queued', 'active'])
    .execute()

/** Whoever has a console open, on any node. */
export const connectedAgents = async (db: Db): Promise<ReadonlySet<AgentId>> => {
  const rows = await db.selectFrom('agent_lines').select('agent_id').where('open', '=', 1).execute()
  return new Set(rows.map((row) => row.agent_id))
}
