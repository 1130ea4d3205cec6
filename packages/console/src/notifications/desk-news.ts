import type {
  ChatId,
  ChatRow,
  ChatsState,
  GroupId,
  MeState,
  NewsKind,
  Timestamp,
} from '@beckon/protocol'

/** Something an agent who is not looking should hear of. */
export type DeskNews = {
  kind: NewsKind
  /** The same thing has the same key in every tab. */
  key: string
  chatId?: ChatId
  title: string
  text: string
}

/** As much of the agent's standing as news depend on. */
type Standing = Pick<MeState, 'agentId' | 'available'> & {
  groups: readonly {
    id: GroupId
    name: string
    active: boolean
    waiting?: number
    waitingSince?: Timestamp
    alert?: boolean
  }[]
}
export type Desk = { chats: ChatsState; me: Standing }

/** News between two pictures of the desk. Nothing the first time: that is history. */
export function deskNews(before: Desk | undefined, { chats, me }: Desk): DeskNews[] {
  if (!before) return []
  const news: DeskNews[] = []
  const was = before.chats.chats
  for (const chat of Object.values(chats.chats)) {
    const one = newsOf(was[chat.id], chat, me)
    if (one) news.push(one)
  }
  if (!me.available) return news
  for (const group of me.groups) {
    const old = before.me.groups.find(({ id }) => id === group.id)
    if (!group.alert || !group.active || !old || old.alert) continue
    news.push({
      kind: 'alert',
      key: `alert ${group.id} ${group.waitingSince ?? 0}`,
      title: `Long queue: ${group.name}`,
      text: group.waiting === 1 ? '1 visitor waits.' : `${group.waiting} visitors wait.`,
    })
  }
  return news
}

function newsOf(was: ChatRow | undefined, chat: ChatRow, me: Standing): DeskNews | undefined {
  const words = chat.last?.from === 'visitor' ? chat.last.text : ''
  const about = { chatId: chat.id, title: chat.who.text }
  if (isMine(chat, me)) {
    if (!isMine(was, me)) {
      const accepted = was === undefined && chat.invitationId !== undefined
      return {
        ...about,
        kind: accepted ? 'accepted' : 'assigned',
        key: `assigned ${chat.id} ${chat.startedAt ?? 0}`,
        text: words || 'The chat is yours.',
      }
    }
    const { whisper } = chat
    if (whisper && whisper.at !== was?.whisper?.at) {
      return {
        chatId: chat.id,
        kind: 'whisper',
        key: `whisper ${chat.id} ${whisper.at}`,
        title: `${whisper.agentName} whispers about ${chat.who.text}`,
        text: whisper.text,
      }
    }
    if (chat.unread <= (was?.unread ?? 0) || words === '') return undefined
    return { ...about, kind: 'message', key: `message ${chat.id} ${chat.lastSeq}`, text: words }
  }
  if (chat.state !== 'queued' || was?.state === 'queued' || isMine(was, me)) return undefined
  if (!me.available || !me.groups.some(({ id, active }) => active && id === chat.groupId)) {
    return undefined
  }
  return {
    ...about,
    kind: 'queued',
    key: `queued ${chat.id} ${chat.waitingSince ?? chat.queuedAt}`,
    title: `${chat.who.text} waits for ${chat.groupName}`,
    text: words,
  }
}

const isMine = (chat: ChatRow | undefined, { agentId }: Standing): boolean =>
  chat?.state === 'active' && chat.agentId === agentId
