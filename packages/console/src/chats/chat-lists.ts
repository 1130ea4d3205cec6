import type { AgentId, ChatId, ChatRow, ChatsState, GroupId } from '@beckon/protocol'

export type ChatTab = 'mine' | 'queue' | 'all' | 'completed'
export type ChatSection = { name: string; chats: ChatRow[] }

export type ChatCounts = {
  mine: number
  queue: number
  colleagues: number
  all: number
  /** When the one who waits longest began to wait. */
  waitingSince: number | undefined
  /** From when somebody waits longer than their group lets pass. */
  tooLongFrom: number | undefined
}

/** Where a group says nothing, a wait is too long from here. */
const LONG_WAIT_MS = 60_000

type Goals = { groups: readonly { id: GroupId; alertAfterMs?: number }[] }

/** How long a visitor may wait for a word in this chat's group. */
export const goalOf = ({ groupId }: ChatRow, { groups }: Goals): number =>
  groups.find(({ id }) => id === groupId)?.alertAfterMs ?? LONG_WAIT_MS

/** What its agent has not looked at: words of the visitor, and whispers. */
export const unreadIn = ({ unread, whisper }: ChatRow): number => unread + (whisper?.count ?? 0)

/** For an answer, also to what has been read: in a queue, or because the visitor wrote last. */
export const waits = ({ state, last }: ChatRow): boolean =>
  state === 'queued' || (state === 'active' && last?.from === 'visitor')

/** When whoever waits in a queue began to. */
export const waitsSince = (chat: ChatRow): number => chat.waitingSince ?? chat.queuedAt

const open = (state: ChatsState) =>
  Object.values(state.chats).filter((chat) => chat.state !== 'ended')
const isQueued = (chat: ChatRow) => chat.state === 'queued'

export function countChats(state: ChatsState, me: Goals & { agentId: AgentId }): ChatCounts {
  const { agentId } = me
  const chats = open(state)
  const queue = chats.filter(isQueued)
  const mine = chats.filter((chat) => !isQueued(chat) && chat.agentId === agentId)
  return {
    mine: mine.length,
    queue: queue.length,
    colleagues: chats.length - queue.length - mine.length,
    all: chats.length,
    waitingSince: earliest(queue.map(waitsSince)),
    tooLongFrom: earliest(queue.map((chat) => waitsSince(chat) + goalOf(chat, me))),
  }
}

const earliest = (moments: readonly number[]): number | undefined =>
  moments.length > 0 ? Math.min(...moments) : undefined

/** The open chats of one tab, in sections: own first, then each group's queue, then colleagues'. */
export function sectionsOf(
  tab: Exclude<ChatTab, 'completed'>,
  state: ChatsState,
  agentId: AgentId,
): ChatSection[] {
  const chats = open(state)
  const mine = chats.filter((chat) => !isQueued(chat) && chat.agentId === agentId).sort(byUrgency)
  const queues = queueSections(chats.filter(isQueued))
  const others = chats
    .filter((chat) => !isQueued(chat) && chat.agentId !== agentId)
    .sort((a, b) => lastAt(b) - lastAt(a))
  const sections = {
    mine: [{ name: 'My active', chats: mine }, ...queues],
    queue: queues,
    all: [
      { name: 'My active', chats: mine },
      ...queues,
      { name: 'With colleagues', chats: others },
    ],
  }[tab]
  return sections.filter((section) => section.chats.length > 0)
}

function queueSections(queued: ChatRow[]): ChatSection[] {
  const groups = new Map<string, ChatSection>()
  for (const chat of [...queued].sort((a, b) => a.queuedAt - b.queuedAt)) {
    const section = groups.get(chat.groupId) ?? { name: `Queue · ${chat.groupName}`, chats: [] }
    section.chats.push(chat)
    groups.set(chat.groupId, section)
  }
  return [...groups.values()]
}

/** Whoever waits for a word comes first, longest wait on top; then the latest talk. */
function byUrgency(a: ChatRow, b: ChatRow): number {
  const first = Number(waits(b)) - Number(waits(a))
  if (first !== 0) return first
  return waits(a) ? lastAt(a) - lastAt(b) : lastAt(b) - lastAt(a)
}

/** The same with rows where they stood: what came since stands at the end of its section. */
export function heldAt(held: readonly ChatId[], sections: readonly ChatSection[]): ChatSection[] {
  const places = new Map(held.map((id, place) => [id, place]))
  const placeOf = ({ id }: ChatRow) => places.get(id) ?? held.length
  return sections.map(({ name, chats }) => ({
    name,
    chats: [...chats].sort((a, b) => placeOf(a) - placeOf(b)),
  }))
}

const lastAt = (chat: ChatRow): number => chat.last?.at ?? chat.startedAt ?? chat.queuedAt
