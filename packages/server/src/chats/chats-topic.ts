import type { AgentId, ChatId, ChatRow, ChatsState } from '@beckon/protocol'
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
import { chatRow } from './view.ts'

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

  const isListed = (actor: AgentActor, entry: ChatEntry): boolean => {
    const now = actorFrom(directory.now, actor)
    if (!now) return false
    if (entry.ended_at !== null && entry.ended_at <= clock.now() - ENDED_SHOWN) return false
    const ref = { ...entry, agentId: entry.agent_id as AgentId | null, groupId: entry.group_id }
    return mayOpenChat(now, ref, directory.now)
  }

  const read = async (actor: AgentActor) => {
    const entries = await store.read((db) => liveChatEntries(db, clock.now() - ENDED_SHOWN))
    return entries.filter((entry) => isListed(actor, entry))
  }

  return {
    open: (actor, _params, out) =>
      line.add(async (): Promise<OpenTopic<'chats'>> => {
        const held = new Map<ChatId, ChatRow>()
        const rowOf = (entry: ChatEntry): ChatRow => ({
          ...chatRow(entry, directory.now),
          ...(feed.writing(entry.id).visitor && { typing: true }),
        })
        const rows = (entries: readonly ChatEntry[]) => entries.map(rowOf)
        for (const row of rows(await read(actor))) held.set(row.id, row)

        const emit = (set: ChatRow[], drop: ChatId[]) => {
          for (const row of set) held.set(row.id, row)
          for (const id of drop) held.delete(id)
          if (set.length === 0 && drop.length === 0) return
          out.emit({ ...(set.length > 0 && { set }), ...(drop.length > 0 && { drop }) })
        }
        const onEntries = (entries: readonly ChatEntry[]) => {
          const listed = new Set(entries.filter((entry) => isListed(actor, entry)))
          const left = entries.filter((entry) => !listed.has(entry) && held.has(entry.id))
          emit(
            rows([...listed]).filter(isNews),
            left.map(({ id }) => id),
          )
        }
        const onTyping = (chatId: ChatId) => {
          const row = held.get(chatId)
          if (!row) return
          const { typing: _, ...quiet } = row
          const typing = feed.writing(chatId).visitor && { typing: true as const }
          emit([{ ...quiet, ...typing }].filter(isNews), [])
        }
        const isNews = (row: ChatRow) => JSON.stringify(held.get(row.id)) !== JSON.stringify(row)
        const dropOld = () => {
          const before = clock.now() - ENDED_SHOWN
          const old = [...held.values()].filter((row) => row.endedAt && row.endedAt <= before)
          emit(
            [],
            old.map((row) => row.id),
          )
        }
        // Rights or names changed: everything is looked at again.
        const onDirectory = () =>
          background.run('chats list', () =>
            line.add(async () => {
              const fresh = rows(await read(actor))
              const ids = new Set(fresh.map((row) => row.id))
              emit(
                fresh.filter(isNews),
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
        const state: ChatsState = { chats: Object.fromEntries(held) as ChatsState['chats'] }
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
