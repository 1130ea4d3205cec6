import type { ChatId } from '@beckon/protocol'
import type { Background } from '../conversations/background.ts'
import type { Line } from '../conversations/line.ts'
import type { Announcement, Bus, Unsubscribe } from '../realtime/bus.ts'
import { type ChatEntry, chatEntries } from '../store/chat-rows.ts'
import type { Store } from '../store/store.ts'

/** What watchers of chats hear, one after the other, in the order of the commits. */
export type ChatNews =
  | { type: 'chat'; entry: ChatEntry }
  /** Erased. */
  | { type: 'gone'; chatId: ChatId }
  | Extract<Announcement, { type: 'message' | 'typing' }>

export type ChatFeed = {
  /** Call it inside a job of the line, after reading: nothing falls in between. */
  listen(listener: (news: ChatNews) => void): Unsubscribe
  writing(chatId: ChatId): { agent: boolean; visitor: boolean }
  stop(): void
}

/**
 * From doorbells to news. However many watch, a changed chat is read once, and a burst of changes
 * is one read of all chats it touched.
 */
export function createChatFeed(deps: {
  store: Store
  bus: Bus
  line: Line
  background: Background
}): ChatFeed {
  const { store, bus, line, background } = deps
  const listeners = new Set<(news: ChatNews) => void>()
  const writing = new Map<ChatId, { agent: boolean; visitor: boolean }>()
  const nobody = { agent: false, visitor: false }
  let rung: Announcement[] = []
  // A chat whose reading failed is read again at the next ring.
  const changed = new Set<ChatId>()

  const tell = (news: ChatNews) => {
    for (const listener of [...listeners]) listener(news)
  }

  const note = ({ chatId, who, on }: Extract<Announcement, { type: 'typing' }>) => {
    const now = { ...(writing.get(chatId) ?? nobody), [who]: on }
    if (now.agent || now.visitor) writing.set(chatId, now)
    else writing.delete(chatId)
  }

  const answer = async () => {
    const news = rung
    rung = []
    for (const announcement of news) {
      if (announcement.type === 'typing') note(announcement)
      if (announcement.type === 'chat') changed.add(announcement.chatId)
      else if (announcement.type === 'typing' || announcement.type === 'message') tell(announcement)
    }
    if (changed.size === 0) return
    const entries = await store.read((db) => chatEntries(db, [...changed]))
    for (const { id } of entries) changed.delete(id)
    const gone = [...changed]
    changed.clear()
    for (const entry of entries) tell({ type: 'chat', entry })
    for (const chatId of gone) tell({ type: 'gone', chatId })
  }

  const stop = bus.subscribe((announcement) => {
    const { type } = announcement
    if (type !== 'chat' && type !== 'message' && type !== 'typing') return
    rung.push(announcement)
    if (rung.length === 1) background.run('chat feed', () => line.add(answer))
  })

  return {
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    writing: (chatId) => writing.get(chatId) ?? nobody,
    stop,
  }
}
