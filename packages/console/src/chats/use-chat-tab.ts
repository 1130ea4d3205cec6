import { useState } from 'react'
import { browserStorage } from './browser-storage.ts'
import type { ChatTab } from './chat-lists.ts'

const KEY = 'chats.list'
const TABS: readonly ChatTab[] = ['mine', 'queue', 'all', 'completed']

/** Which chats the list shows: after a reload the same as before. */
export function useChatTab(): [ChatTab, (tab: ChatTab) => void] {
  const [tab, setTab] = useState<ChatTab>(kept)
  return [
    tab,
    (next) => {
      setTab(next)
      browserStorage.set(KEY, next)
    },
  ]
}

function kept(): ChatTab {
  const said = browserStorage.get(KEY)
  return TABS.find((tab) => tab === said) ?? 'mine'
}
