import type {
  ChatDetailEvent,
  ChatDetailState,
  ChatId,
  ChatWork,
  Message,
  VisitorId,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayOpenChat } from '../agents/rights.ts'
import type { Background } from '../conversations/background.ts'
import type { Line } from '../conversations/line.ts'
import type { Ticks } from '../conversations/ticks.ts'
import type { Directory } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import type { OpenTopic, TopicDoor } from '../realtime/doors.ts'
import { notThere, Refusal } from '../refusal.ts'
import { actorFrom } from '../sign-in/actor.ts'
import { type ChatEntry, chatEntries } from '../store/chat-rows.ts'
import { invitationById } from '../store/invitation-rows.ts'
import { messagesAfter } from '../store/message-rows.ts'
import type { Db, Store } from '../store/store.ts'
import type { Presence } from '../visits/presence.ts'
import { chatVisibleTo } from './access.ts'
import type { ChatFeed } from './feed.ts'
import { chatRow } from './view.ts'
import { readChatWork, workChange } from './work.ts'

/** One chat as an agent has it open: row, messages, typing, whether the visitor is here. */
export function createChatTopic(deps: {
  store: Store
  directory: Directory
  presence: Presence
  line: Line
  feed: ChatFeed
  ticks: Ticks
  background: Background
}): TopicDoor<'chat'> {
  const { store, directory, presence, line, feed, ticks, background } = deps

  const isHere = (visitorId: VisitorId) =>
    presence.ofVisitor(visitorId).some((visit) => visit.tabs.length > 0)

  const typingIn = (chatId: ChatId): ChatDetailState['typing'] => {
    const { agent, visitor } = feed.writing(chatId)
    return visitor ? 'visitor' : agent ? 'agent' : null
  }

  const typedIn = (chatId: ChatId): string => feed.writing(chatId).typed ?? ''

  const maySee = (actor: AgentActor, entry: ChatEntry) => {
    const now = actorFrom(directory.now, actor)
    const ref = { ...entry, agentId: entry.agent_id, groupId: entry.group_id }
    return now !== undefined && mayOpenChat(now, ref, directory.now)
  }

  async function read(db: Db, actor: AgentActor, chatId: ChatId, after: number) {
    const now = actorFrom(directory.now, actor)
    if (!now) throw notThere('chat')
    await chatVisibleTo(db, { actor: now, picture: directory.now }, chatId)
    const entry = (await chatEntries(db, [chatId]))[0]
    if (!entry) throw notThere('chat')
    const invitation = await invitedBy(db, entry)
    const messages = await messagesAfter(db, chatId, after)
    const work = await readChatWork(db, entry, { actor: now, picture: directory.now })
    return { entry, messages, invitation, work }
  }

  async function invitedBy(db: Db, entry: ChatEntry): Promise<Pick<ChatDetailState, 'invitation'>> {
    const row = entry.invitation_id && (await invitationById(db, entry.invitation_id))
    if (!row) return {}
    return {
      invitation: {
        agentName: agentName(directory.now, row.agent_id),
        sentAt: row.sent_at,
        ...(row.viewed_at !== null && { viewedAt: row.viewed_at }),
        repliedAt: row.ended_at ?? entry.queued_at,
      },
    }
  }

  return {
    open: (actor, { chatId, after = 0 }, out) =>
      line.add(async (): Promise<OpenTopic<'chat'>> => {
        const { entry, messages, invitation, work } = await store.read((db) =>
          read(db, actor, chatId, after),
        )
        let last = Math.max(after, messages.at(-1)?.seq ?? 0)
        let closed = false
        let reading = false
        let told = factsOf(entry)
        const held: Omit<ChatDetailState, 'messages' | 'invitation'> = {
          chat: chatRow(entry, directory.now),
          typing: typingIn(chatId),
          typed: typedIn(chatId),
          visitorHere: isHere(entry.visitor_id),
          work,
        }
        const state: ChatDetailState = { ...held, messages, ...invitation }

        const emit = (event: ChatDetailEvent) => {
          Object.assign(held, event.chat && { chat: event.chat })
          if (event.typing !== undefined) held.typing = event.typing
          if (event.typed !== undefined) held.typed = event.typed
          if (event.visitorHere !== undefined) held.visitorHere = event.visitorHere
          out.emit(event)
        }
        const append = (added: readonly Message[]) => {
          const news = added.filter(({ seq }) => seq > last)
          last = news.at(-1)?.seq ?? last
          if (news.length > 0) emit({ messages: news })
        }
        const onMessage = (message: Message) => {
          if (message.seq <= last + 1) return append([message])
          // A doorbell was lost between nodes: the database has what is missing.
          background.run('missing messages', () =>
            line.add(async () => append(await store.read((db) => messagesAfter(db, chatId, last)))),
          )
        }
        const onEntry = (next: ChatEntry) => {
          if (!maySee(actor, next)) return lose()
          const chat = chatRow(next, directory.now)
          if (JSON.stringify(chat) !== JSON.stringify(held.chat)) emit({ chat })
          if (factsOf(next) !== told) reread()
        }
        const onWork = (next: ChatWork) => {
          const change = workChange(held.work, next)
          held.work = next
          if (change) emit({ work: change })
        }
        const look = () => {
          const visitorHere = isHere(entry.visitor_id)
          if (visitorHere !== held.visitorHere) emit({ visitorHere })
          const typing = typingIn(chatId)
          if (typing !== held.typing) emit({ typing })
          const typed = typedIn(chatId)
          if (typed !== held.typed) emit({ typed })
        }
        const lose = () => {
          close()
          out.lost('This chat is not yours to see any more.')
        }
        /** Words come far more often than what agents do about a chat: only that reads it all again. */
        const reread = () => {
          if (reading) return
          reading = true
          background.run('open chat', () => line.add(readAgain))
        }
        const readAgain = async () => {
          reading = false
          if (closed) return
          try {
            const next = await store.read((db) => read(db, actor, chatId, last))
            told = factsOf(next.entry)
            onEntry(next.entry)
            onWork(next.work)
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            lose()
          }
        }

        const closers = [
          feed.listen((news) => {
            if (news.type === 'chats') {
              const next = news.entries.find(({ id }) => id === chatId)
              if (next) onEntry(next)
            } else if (news.chatId === chatId) {
              if (news.type === 'gone') return lose()
              if (news.type === 'message') onMessage(news.message)
              else look()
            }
          }),
          presence.onChange(({ visit }) => visit.visitorId === entry.visitor_id && look()),
          directory.onChange(reread),
          ticks.each(look),
        ]
        const close = () => {
          closed = true
          for (const closer of closers) closer()
        }
        return { state, close, flush: look }
      }),
  }
}

/** Changes whenever something of the work on a chat may have. */
const factsOf = ({ logged, state, agent_id, group_id, participantIds, joinedIds }: ChatEntry) =>
  JSON.stringify([logged, state, agent_id, group_id, participantIds, joinedIds])
