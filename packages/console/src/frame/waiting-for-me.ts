import type { ChatsState, MeState } from '@beckon/protocol'
import { unreadIn } from '../chats/chat-lists.ts'

/** How many chats wait for this agent: their own with unread words or whispers, and their groups' queues. */
export function waitingForMe(chats: ChatsState, me: MeState): number {
  const groups = new Set(me.groups.filter((group) => group.active).map((group) => group.id))
  return Object.values(chats.chats).filter((chat) =>
    chat.state === 'queued'
      ? groups.has(chat.groupId)
      : chat.state === 'active' && chat.agentId === me.agentId && unreadIn(chat) > 0,
  ).length
}
