import type { ChatId, ChatsState, MeState } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { type ChatTab, sectionsOf } from './chat-lists.ts'

type ChatKeysGiven = {
  chats: ChatsState | undefined
  me: MeState | undefined
  tab: ChatTab
  chatId: ChatId | undefined
}

/** `⌥↑` and `⌥↓` go to the chat before and after, also while something is being written. */
export function useChatKeys({ chats, me, tab, chatId }: ChatKeysGiven): void {
  const navigate = useNavigate()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if (!event.altKey || step === 0 || !chats || !me || tab === 'completed') return
      const ids = sectionsOf(tab, chats, me.agentId).flatMap((one) => one.chats.map(({ id }) => id))
      const at = chatId ? ids.indexOf(chatId) : -1
      const next = ids[at === -1 ? 0 : at + step]
      if (!next) return
      event.preventDefault()
      void navigate({ to: '/chats/$chatId', params: { chatId: next } })
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [chats, me, tab, chatId, navigate])
}
