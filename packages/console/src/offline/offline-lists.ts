import type { AgentId, OfflineRow, OfflineState } from '@beckon/protocol'

export type OfflineSection = { name: string; rows: OfflineRow[] }

/** How many nobody has read yet. */
export const unreadOffline = ({ messages }: OfflineState): number =>
  Object.values(messages).filter((row) => row.unread && row.doneAt === undefined).length

/** Own first, then what nobody has, then colleagues’; each the oldest first, since it has waited longest. Done ones last. */
export function sectionsOf({ messages }: OfflineState, agentId: AgentId): OfflineSection[] {
  const rows = Object.values(messages).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const waiting = rows.filter((row) => row.doneAt === undefined)
  return [
    { name: 'Mine', rows: waiting.filter((row) => row.agentId === agentId) },
    { name: 'Nobody has them', rows: waiting.filter((row) => row.agentId === undefined) },
    {
      name: 'With colleagues',
      rows: waiting.filter((row) => row.agentId !== undefined && row.agentId !== agentId),
    },
    { name: 'Just done', rows: rows.filter((row) => row.doneAt !== undefined) },
  ].filter((section) => section.rows.length > 0)
}
