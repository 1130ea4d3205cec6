import type { ChatId } from '@beckon/protocol'
import type { Background } from '../conversations/background.ts'
import type { Line } from '../conversations/line.ts'
import type { Announcement, Bus, Unsubscribe } from '../realtime/bus.ts'
import type { Seals } from '../sign-in/seals.ts'
import { type ChatEntry, chatEntries } from '../store/chat-rows.ts'
import type { Store } from '../store/store.ts'
import { openTyped } from './typed-text.ts'

/** What watchers of chats hear, one after the other, in the order of the commits. */
export type ChatNews =
  /** All that a burst of changes touched, each once. */
  | { type: 'chats'; entries: readonly ChatEntry[] }
  /** Erased. */
  | { type: 'gone'; chatId: ChatId }
  | Extract<Announcement, { type: 'message' | 'typing' | 'typed' }>

/** Who writes; `typed`: what, of a visitor who knows that it is read. */
type Writing = { agent: boolean; visitor: boolean; typed?: string }

export type ChatFeed = {
  /** Call it inside a job of the line, after reading: nothing falls in between. */
  listen(listener: (news: ChatNews) => void): Unsubscribe
  writing(chatId: ChatId): Writing
  stop(): void
}

const HEARD: ReadonlySet<Announcement['type']> = new Set(['chat', 'message', 'typing', 'typed'])

/**
 * From doorbells to news. However many watch, a changed chat is read once, and a burst of changes
 * is one read of all chats it touched.
 */
export function createChatFeed(deps: {
  store: Store
  bus: Bus
  line: Line
  background: Background
  seals: Seals
}): ChatFeed {
  const { store, bus, line, background, seals } = deps
  const listeners = new Set<(news: ChatNews) => void>()
  const writing = new Map<ChatId, Writing>()
  const nobody: Writing = { agent: false, visitor: false }
  let rung: Announcement[] = []
  // A chat whose reading failed is read again at the next ring.
  const changed = new Set<ChatId>()

  const tell = (news: ChatNews) => {
    for (const listener of [...listeners]) listener(news)
  }

  const note = ({ chatId, who, on }: Extract<Announcement, { type: 'typing' }>) => {
    const { typed, ...before } = writing.get(chatId) ?? nobody
    const now = { ...before, [who]: on }
    if (!now.agent && !now.visitor) writing.delete(chatId)
    else writing.set(chatId, { ...now, ...(typed && now.visitor && { typed }) })
  }

  const read = ({ chatId, sealed }: Extract<Announcement, { type: 'typed' }>) => {
    const now = writing.get(chatId)
    const typed = now?.visitor && openTyped(seals, chatId, sealed)
    if (typed) writing.set(chatId, { ...now, typed })
  }

  const tellRung = (announcement: Announcement) => {
    const { type } = announcement
    if (type === 'typing') note(announcement)
    if (type === 'typed') read(announcement)
    if (type === 'typing' || type === 'typed' || type === 'message') tell(announcement)
  }

  /** A message and what it changed are told together, so that they travel together. */
  const answer = async () => {
    const news = rung
    rung = []
    for (const ring of news) if (ring.type === 'chat') changed.add(ring.chatId)
    let entries: readonly ChatEntry[] = []
    try {
      if (changed.size > 0) entries = await store.read((db) => chatEntries(db, [...changed]))
    } finally {
      for (const announcement of news) tellRung(announcement)
    }
    for (const { id } of entries) changed.delete(id)
    const gone = [...changed]
    changed.clear()
    if (entries.length > 0) tell({ type: 'chats', entries })
    for (const chatId of gone) tell({ type: 'gone', chatId })
  }

  const stop = bus.subscribe((announcement) => {
    if (!HEARD.has(announcement.type)) return
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
