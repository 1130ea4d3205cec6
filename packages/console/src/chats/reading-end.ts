import type { AgentId, ChatDetailState } from '@beckon/protocol'

/** Where the end of a conversation was left, to read further up. */
export type LeftAt = { seq: number; notes: number }

export const leftAt = ({ chat, work }: ChatDetailState): LeftAt => ({
  seq: chat.lastSeq,
  notes: work.notes.length,
})

/** What others have said and noted since: it stands below, out of sight. */
export function newSince(left: LeftAt, { messages, work }: ChatDetailState, reader: AgentId) {
  const said = messages.filter(
    ({ seq, from, agentId }) => seq > left.seq && from !== 'system' && agentId !== reader,
  )
  return said.length + work.notes.slice(left.notes).filter((n) => n.agentId !== reader).length
}
