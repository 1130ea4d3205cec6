import type { ChatId, ChatsState, MeState } from '@beckon/protocol'
import { useState } from 'react'
import { type ChatSection, type ChatTab, heldAt, sectionsOf } from './chat-lists.ts'

export type OpenSections = {
  sections: readonly ChatSection[]
  /** From when the pointer is there: nothing changes places under it. Its row shows what it waits for. */
  hold: () => void
  release: () => void
}

/** The open chats of a tab as they stand on the screen; undefined until they are known. */
export function useOpenSections(
  tab: ChatTab,
  chats: ChatsState | undefined,
  me: MeState | undefined,
): OpenSections | undefined {
  const [held, setHeld] = useState<readonly ChatId[]>()
  if (!chats || !me || tab === 'completed') return undefined
  const now = sectionsOf(tab, chats, me.agentId)
  return {
    sections: held ? heldAt(held, now) : now,
    hold: () => setHeld(now.flatMap((section) => section.chats.map(({ id }) => id))),
    release: () => setHeld(undefined),
  }
}
