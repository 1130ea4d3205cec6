import type { ChatId } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ChatSection } from './chat-lists.ts'

/** `⌥↑` and `⌥↓` go to the chat before and after, also while something is being written. */
export function useChatKeys(
  sections: readonly ChatSection[] | undefined,
  chatId: ChatId | undefined,
): void {
  const navigate = useNavigate()
  const shown = useRef({ sections, chatId })
  shown.current = { sections, chatId }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if (!event.altKey || step === 0) return
      const { sections: now, chatId: open } = shown.current
      const ids = now?.flatMap((section) => section.chats.map(({ id }) => id)) ?? []
      const at = open ? ids.indexOf(open) : -1
      const next = ids[at === -1 ? 0 : at + step]
      if (!next) return
      event.preventDefault()
      void navigate({ to: '/chats/$chatId', params: { chatId: next } })
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [navigate])
}
