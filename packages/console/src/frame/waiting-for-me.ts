import type { ChatsState, MeState } from '@beckon/protocol'

/** How many chats wait for this agent: their own with unread words, and their groups' queues. */
export function waitingForMe(chats: ChatsState, me: MeState): number {
  const groups = new Set(me.groups.filter((group) => group.active).map((group) => group.id))
  return Object.values(chats.chats).filter((chat) =>
    chat.state === 'queued'
      ? groups.has(chat.groupId)
      : chat.state === 'active' && chat.agentId === me.agentId && chat.unread > 0,
  ).length
}
