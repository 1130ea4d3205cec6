import type { ChatId, EndedChatsAsk, FoundChat } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { openGroups } from '../agents/rights.ts'
import type { Directory } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import { chatEntries } from '../store/chat-rows.ts'
import { endedChatIds, messagesSaying } from '../store/ended-chat-rows.ts'
import type { Db, Store } from '../store/store.ts'
import { excerptOf, tellingWord } from './excerpts.ts'
import { chatRow } from './view.ts'

const PAGE = 50

/** The Completed list over REST (S8, C6). */
export function createEndedChats(deps: { store: Store; directory: Directory }) {
  const { store, directory } = deps
  return {
    async list(
      actor: AgentActor,
      { limit = PAGE, ...ask }: EndedChatsAsk,
    ): Promise<{ items: FoundChat[]; next: string | null }> {
      const picture = directory.now
      const reader = { agentId: actor.agentId, groupIds: openGroups(actor, picture) }
      const before = ask.before === undefined ? undefined : readCursor(ask.before)
      const text = ask.text?.trim()
      const { entries, more, excerpts } = await store.read(async (db) => {
        const ids = await endedChatIds(db, { ...ask, reader, text, before, limit: limit + 1 })
        const found = await chatEntries(db, ids.slice(0, limit))
        const place = new Map(ids.map((id, i) => [id, i]))
        found.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
        const excerpts = await excerptsIn(db, found, text)
        return { entries: found, more: ids.length > limit, excerpts }
      })
      const last = entries.at(-1)
      return {
        items: entries.map((entry) => {
          const excerpt = excerpts.get(entry.id)
          return { ...chatRow(entry, picture), ...(excerpt && { excerpt }) }
        }),
        next: more && last ? `${last.ended_at}.${last.id}` : null,
      }
    },
  }
}

/** Where the words of a search were said first, in each chat where a message has them. */
async function excerptsIn(db: Db, chats: readonly { id: ChatId }[], text: string | undefined) {
  const word = tellingWord(text ?? '')
  const said = new Map<ChatId, string>()
  if (word === '' || chats.length === 0) return said
  const ids = chats.map(({ id }) => id)
  for (const message of await messagesSaying(db, ids, word)) {
    const excerpt = excerptOf(message.text, word)
    if (excerpt && !said.has(message.chat_id)) said.set(message.chat_id, excerpt)
  }
  return said
}

export type EndedChats = ReturnType<typeof createEndedChats>

function readCursor(text: string): { endedAt: number; id: string } {
  const [, endedAt, id] = /^(\d{1,15})\.([0-9A-Za-z_-]{8,64})$/.exec(text) ?? []
  if (!endedAt || !id)
    throw new Refusal('bad_input', 'before must be the “next” of an earlier answer.')
  return { endedAt: Number(endedAt), id }
}
