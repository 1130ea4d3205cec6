import type {
  ChatId,
  Message,
  SurveyAnswer,
  VisitorChat,
  VisitorChatEvent,
  VisitorFrame,
  VisitorId,
  VisitRow,
} from '@beckon/protocol'
import type { Background } from '../conversations/background.ts'
import type { Commit } from '../conversations/commit.ts'
import type { Line } from '../conversations/line.ts'
import type { Ticks } from '../conversations/ticks.ts'
import type { Directory } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import { type ChatRecord, raiseMark } from '../store/chat-rows.ts'
import { surveyOf } from '../store/form-rows.ts'
import { messagesAfter } from '../store/message-rows.ts'
import type { Db, Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence, TabView, VisitorActor } from '../visits/presence.ts'
import { chatOfVisitor } from './access.ts'
import { announceChat } from './changes.ts'
import type { ChatFeed } from './feed.ts'
import { createPlaces, type Place } from './routing/places.ts'
import { visitorChat } from './view.ts'

type OpenFrame = Extract<VisitorFrame, { type: 'chat.open' }>
type DeliveredFrame = Extract<VisitorFrame, { type: 'chat.delivered' }>
/** A tab that follows a chat: the number of the last message it was given. */
type Follower = { tab: Pick<TabView, 'say' | 'language'>; last: number }
/** What a visitor is told of a chat besides its row. */
type Facts = Place & { survey?: SurveyAnswer | undefined }

export type VisitorTabs = ReturnType<typeof createVisitorTabs>

/**
 * The visitor's tabs and their chat: all hear that it changed, those that have opened it get its
 * messages.
 */
export function createVisitorTabs(deps: {
  store: Store
  commit: Commit
  directory: Directory
  clock: Clock
  presence: Presence
  line: Line
  feed: ChatFeed
  ticks: Ticks
  background: Background
}) {
  const { store, commit, directory, clock, presence, line, feed, ticks, background } = deps
  const placesOf = createPlaces({ clock })
  /** Whose places are to be told. */
  const queued = new Map<ChatId, ChatRecord>()
  const chats = new Map<ChatId, { visitorId: VisitorId; followers: Map<string, Follower> }>()

  const stop = feed.listen((news) => {
    if (news.type === 'message') {
      tellFollowers(news.chatId, { messages: [news.message] })
    } else if (news.type === 'typing') {
      if (news.who === 'agent') tellFollowers(news.chatId, { typing: news.on })
    } else if (news.type === 'chats') for (const entry of news.entries) onEntry(entry)
  })
  const stopPruning = ticks.each(prune)

  function onEntry(entry: ChatRecord): void {
    presence.mark(entry.visitor_id, { chat: markOf(entry) })
    if (entry.state === 'active') tellChanged(entry, {})
    else if (entry.state === 'ended') background.run('end of a chat', () => tellEnded(entry))
    else if (queued.set(entry.id, entry).size === 1) background.run('places in queues', tellPlaces)
  }

  /** Snapshot and registration in one job of the line: no message falls between them. */
  const open = (visitor: VisitorActor, frame: OpenFrame): Promise<void> =>
    line.add(async () => {
      const { chat, record, messages } = await store.read(async (db) => {
        const record = await chatOfVisitor(db, visitor, frame.chatId)
        const messages = await messagesAfter(db, record.id, frame.after)
        return { record, messages, chat: await asVisitorSees(db, record, visitor.language) }
      })
      const typing = feed.writing(record.id).agent
      visitor.say({ type: 'chat.snapshot', chatId: record.id, state: { chat, messages, typing } })
      const known = chats.get(record.id) ?? { visitorId: record.visitor_id, followers: new Map() }
      known.followers.set(visitor.connectionId, {
        tab: visitor,
        last: Math.max(frame.after, messages.at(-1)?.seq ?? 0),
      })
      chats.set(record.id, known)
      noteDelivered(record, frame.after)
    })

  /** What a tab says it has is delivered; the rest is only sent. */
  function noteDelivered(record: ChatRecord, seq: number) {
    if (seq <= record.visitor_delivered) return
    background.run('delivered', () =>
      commit(
        async (work) => {
          const raised = await raiseMark(work.tx, record.id, 'visitor_delivered', seq)
          if (raised) announceChat(work.announce, record)
        },
        { inOneBreath: true },
      ),
    )
  }

  const delivered = async (visitor: VisitorActor, { chatId, seq }: DeliveredFrame): Promise<void> =>
    noteDelivered(await store.read((db) => chatOfVisitor(db, visitor, chatId)), seq)

  const asVisitorSees = async (
    db: Db,
    record: ChatRecord,
    language: string | undefined,
  ): Promise<VisitorChat> =>
    visitorChat(record, { picture: directory.now, ...(await factsOf(db, record)), language })

  const factsOf = async (db: Db, record: ChatRecord): Promise<Facts> => ({
    ...(await placesOf(db, [record])).get(record.id),
    survey: record.state === 'ended' ? await surveyOf(db, record.id) : undefined,
  })

  /**
   * Every tab hears it, also one that follows: a tab may open a chat it was only promised (`done`)
   * before the place in the queue is known, and its launcher follows no chat at all.
   */
  function tellChanged(record: ChatRecord, facts: Facts) {
    const made = new Map<string | undefined, VisitorChat>()
    const inWordsOf = ({ language }: Pick<TabView, 'language'>): VisitorChat => {
      const chat =
        made.get(language) ?? visitorChat(record, { picture: directory.now, ...facts, language })
      made.set(language, chat)
      return chat
    }
    for (const tab of tabsOf(record.visitor_id)) tab.say({ type: 'chat', chat: inWordsOf(tab) })
    for (const { tab } of followersOf(record.id)) {
      tab.say({ type: 'chat.event', chatId: record.id, event: { chat: inWordsOf(tab) } })
    }
  }

  /** A queue that moves is news of all who wait in it: they are told together. */
  const tellPlaces = () =>
    line.add(async () => {
      const records = [...queued.values()]
      queued.clear()
      // Who was taken from the queue meanwhile has been told so, before this came to its turn.
      const places = await store.read((db) => placesOf(db, records))
      for (const record of records) {
        const place = places.get(record.id)
        if (place) tellChanged(record, place)
      }
    })

  /** With what was answered of it: every tab shows the same face. */
  const tellEnded = (record: ChatRecord) =>
    line.add(async () => tellChanged(record, await store.read((db) => factsOf(db, record))))

  const followersOf = (chatId: ChatId): Iterable<Follower> =>
    chats.get(chatId)?.followers.values() ?? []

  function tellFollowers(chatId: ChatId, event: VisitorChatEvent): void {
    for (const follower of followersOf(chatId)) {
      const messages = event.messages && newTo(follower, chatId, event.messages)
      if (messages?.length === 0) continue
      follower.tab.say({
        type: 'chat.event',
        chatId,
        event: messages ? { ...event, messages } : event,
      })
    }
  }

  function newTo(follower: Follower, chatId: ChatId, added: readonly Message[]): Message[] {
    const news = added.filter(({ seq }) => seq > follower.last)
    const first = news[0]
    if (!first) return []
    if (first.seq > follower.last + 1) {
      catchUp(follower, chatId)
      return []
    }
    follower.last = news.at(-1)?.seq ?? follower.last
    return news
  }

  /** A doorbell was lost between nodes: the database has what is missing. */
  function catchUp(follower: Follower, chatId: ChatId) {
    background.run('missing messages', () =>
      line.add(async () => {
        const messages = await store.read((db) => messagesAfter(db, chatId, follower.last))
        follower.last = messages.at(-1)?.seq ?? follower.last
        if (messages.length > 0) {
          follower.tab.say({ type: 'chat.event', chatId, event: { messages } })
        }
      }),
    )
  }

  const tabsOf = (visitorId: VisitorId): TabView[] =>
    presence.ofVisitor(visitorId).flatMap((visit) => [...visit.tabs])

  function prune() {
    for (const [chatId, { visitorId, followers }] of chats) {
      const here = new Set(tabsOf(visitorId).map((tab) => tab.connectionId))
      for (const id of followers.keys()) if (!here.has(id)) followers.delete(id)
      if (followers.size === 0) chats.delete(chatId)
    }
  }

  const markOf = (record: ChatRecord): VisitRow['chat'] | null =>
    record.state === 'ended'
      ? null
      : {
          id: record.id,
          state: record.state,
          ...(record.agent_id && {
            agentId: record.agent_id,
            agentName: agentName(directory.now, record.agent_id),
          }),
        }

  return {
    open,
    delivered,
    asVisitorSees,
    markOf,
    stop() {
      stop()
      stopPruning()
    },
  }
}
