import type { AgentId, ChatId, ChatRow, ChatsState } from '@beckon/protocol'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { sendSignal } from '../live/live.ts'
import { useLiveStatus } from '../live/use-freshness.ts'

/** What visitors wrote to this agent and was not told to have come, nor to be seen. */
export const arrived = (
  { chats }: ChatsState,
  agentId: AgentId,
  told: ReadonlyMap<ChatId, number>,
): ChatRow[] =>
  Object.values(chats).filter(
    ({ id, state, agentId: whose, unread, lastSeq }) =>
      state === 'active' && whose === agentId && unread > 0 && lastSeq > (told.get(id) ?? 0),
  )

/** Says that words have come to this console, also into chats that nobody looks at. Once, in the frame. */
export function useDelivered(chats: ChatsState | undefined, agentId: AgentId | undefined): void {
  const { connected } = useLiveStatus()
  const open = useParams({ strict: false }).chatId
  const told = useRef(new Map<ChatId, number>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was told last may have been lost with the connection
  useEffect(() => told.current.clear(), [connected])
  useEffect(() => {
    if (!chats || !agentId || !connected) return
    for (const { id, lastSeq } of arrived(chats, agentId, told.current)) {
      // Whoever looks at it says that it is seen.
      if (id === open && !document.hidden) continue
      told.current.set(id, lastSeq)
      sendSignal({ type: 'chat.delivered', chatId: id, seq: lastSeq })
    }
  }, [chats, agentId, connected, open])
}
