import type { AgentId, Timestamp } from '@beckon/protocol'
import type { Db, Tx } from './store.ts'

export const agentLines = (db: Db) =>
  db.selectFrom('agent_lines').select(['agent_id', 'open', 'seen_at']).execute()

export const setAgentLine = (
  tx: Tx,
  line: { nodeId: string; agentId: AgentId; open: boolean; at: Timestamp },
) => {
  const state = { open: line.open ? (1 as const) : (0 as const), seen_at: line.at }
  return tx
    .insertInto('agent_lines')
    .values({ node_id: line.nodeId, agent_id: line.agentId, ...state })
    .onConflict((conflict) => conflict.columns(['node_id', 'agent_id']).doUpdateSet(state))
    .execute()
}

/** The node is alive, and so are its lines. */
export const renewAgentLines = (tx: Tx, nodeId: string, at: Timestamp) =>
  tx
    .updateTable('agent_lines')
    .set({ seen_at: at })
    .where('node_id', '=', nodeId)
    .where('open', '=', 1)
    .execute()

/** Their node has died without a word; when they were seen last stays. */
export const closeDeadLines = (tx: Tx, before: Timestamp) =>
  tx
    .updateTable('agent_lines')
    .set({ open: 0 })
    .where('open', '=', 1)
    .where('seen_at', '<', before)
    .execute()

export const forgetAgentLines = (tx: Tx, before: Timestamp) =>
  tx.deleteFrom('agent_lines').where('seen_at', '<', before).execute()
