import type { ChatId, ChatsState } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayOpenChat } from '../agents/rights.ts'
import type { Background } from '../conversations/background.ts'
import type { Line } from '../conversations/line.ts'
import type { Ticks } from '../conversations/ticks.ts'
import type { Directory } from '../directory/directory.ts'
import type { OpenTopic, TopicDoor } from '../realtime/doors.ts'
import { actorFrom } from '../sign-in/actor.ts'
import { type ChatEntry, liveChatEntries } from '../store/chat-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes } from '../time/clock.ts'
import type { ChatFeed } from './feed.ts'
import { createListRows, type ListRow } from './list-rows.ts'

/** An ended chat stays in the list this long, so that nothing vanishes under a pointer. */
export const ENDED_SHOWN = minutes(1)

/** The chats list of one agent: open chats they may see, and those that ended lately. */
export function createChatsTopic(deps: {
  store: Store
  directory: Directory
  clock: Clock
  line: Line
  feed: ChatFeed
  ticks: Ticks
  background: Background
}): TopicDoor<'chats'> {
  const { store, directory, clock, line, feed, ticks, background } = deps

  const rows = createListRows({ directory, feed })

  const listedOf = (actor: AgentActor, entries: readonly ChatEntry[]): ChatEntry[] => {
    const now = actorFrom(directory.now, actor)
    if (!now) return []
    const old = clock.now() - ENDED_SHOWN
    return entries.filter((entry) => {
      if (entry.ended_at !== null && entry.ended_at <= old) return false
      const { agent_id: agentId, group_id: groupId, participantIds } = entry
      return mayOpenChat(now, { agentId, groupId, participantIds }, directory.now)
    })
  }

  const read = async (actor: AgentActor) => {
    const entries = await store.read((db) => liveChatEntries(db, clock.now() - ENDED_SHOWN))
    return listedOf(actor, entries).map(rows.of)
  }

  return {
    open: (actor, _params, out) =>
      line.add(async (): Promise<OpenTopic<'chats'>> => {
        const held = new Map<ChatId, ListRow>()
        for (const listed of await read(actor)) held.set(listed.row.id, listed)

        /** What is new of these, and whoever leaves. */
        const emit = (set: readonly ListRow[], drop: ChatId[]) => {
          const news = set.filter(({ row, text }) => held.get(row.id)?.text !== text)
          for (const one of news) held.set(one.row.id, one)
          for (const id of drop) held.delete(id)
          if (news.length === 0 && drop.length === 0) return
          const rows = news.map(({ row }) => row)
          out.emit({ ...(rows.length > 0 && { set: rows }), ...(drop.length > 0 && { drop }) })
        }
        const onEntries = (entries: readonly ChatEntry[]) => {
          const listed = listedOf(actor, entries)
          const ids = new Set(listed.map(({ id }) => id))
          emit(
            listed.map(rows.of),
            entries.map(({ id }) => id).filter((id) => !ids.has(id) && held.has(id)),
          )
        }
        const onTyping = (chatId: ChatId) => {
          const before = held.get(chatId)
          if (before) emit([rows.typing(before.row)], [])
        }
        const dropOld = () => {
          const before = clock.now() - ENDED_SHOWN
          const old = [...held].filter(([, { row }]) => row.endedAt && row.endedAt <= before)
          emit(
            [],
            old.map(([id]) => id),
          )
        }
        // Rights or names changed: everything is looked at again.
        const onDirectory = () =>
          background.run('chats list', () =>
            line.add(async () => {
              const fresh = await read(actor)
              const ids = new Set(fresh.map(({ row }) => row.id))
              emit(
                fresh,
                [...held.keys()].filter((id) => !ids.has(id)),
              )
            }),
          )

        const closers = [
          feed.listen((news) => {
            if (news.type === 'chats') onEntries(news.entries)
            if (news.type === 'typing') onTyping(news.chatId)
            if (news.type === 'gone' && held.has(news.chatId)) emit([], [news.chatId])
          }),
          directory.onChange(onDirectory),
          ticks.each(dropOld),
        ]
        const state = {
          chats: Object.fromEntries([...held].map(([id, { row }]) => [id, row])),
        } as ChatsState
        return {
          state,
          flush: dropOld,
          close: () => {
            for (const close of closers) close()
          },
        }
      }),
  }
}
