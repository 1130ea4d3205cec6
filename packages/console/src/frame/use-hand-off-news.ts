import type { AgentId, ChatId, ChatsState } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { toast } from '../parts/toast-queue.ts'
import { handOffWords } from './hand-off-words.ts'

/** Tells of chats that were taken from this agent. What was before the console opened is in the list. */
export function useHandOffNews(chats: ChatsState | undefined, agentId: AgentId | undefined): void {
  const navigate = useNavigate()
  const told = useRef<Map<ChatId, number>>(undefined)
  useEffect(() => {
    if (!chats || !agentId) return
    const isFirst = told.current === undefined
    const known = told.current ?? new Map<ChatId, number>()
    told.current = known
    for (const chat of Object.values(chats.chats)) {
      const { id, handedOff } = chat
      if (handedOff?.agentId !== agentId || known.get(id) === handedOff.at) continue
      known.set(id, handedOff.at)
      const words = isFirst || chat.state === 'ended' ? undefined : handOffWords(chat)
      if (!words) continue
      const onAct = () => void navigate({ to: '/chats/$chatId', params: { chatId: id } })
      toast.show({ ...words, action: { label: 'Show', onAct } })
    }
  }, [chats, agentId, navigate])
}
