import type { AgentId, ChatId, GroupId, Timestamp } from '@beckon/protocol'
import { contains } from './search.ts'
import type { Db } from './store.ts'

/** Whose chats: their own, those they took part in, and those of groups open to them. */
export type ChatReader = { agentId: AgentId; groupIds: readonly GroupId[] }

export type EndedPage = {
  reader: ChatReader
  /** Found in the visitor's name, the number or any message; case ignored. */
  text?: string | undefined
  /** Only what ended before this one, as `endedAt` and id. */
  before?: { endedAt: Timestamp; id: string } | undefined
  limit: number
}

/** Ended chats a reader may open, last ended first. */
export async function endedChatIds(db: Db, page: EndedPage): Promise<ChatId[]> {
  const { agentId, groupIds } = page.reader
  let query = db
    .selectFrom('chats')
    .select('id')
    .where('state', '=', 'ended')
    .where((eb) =>
      eb.or([
        eb('agent_id', '=', agentId),
        eb.exists(
          eb
            .selectFrom('chat_participants as mine')
            .select('mine.chat_id')
            .whereRef('mine.chat_id', '=', 'chats.id')
            .where('mine.agent_id', '=', agentId),
        ),
        ...(groupIds.length > 0 ? [eb('group_id', 'in', groupIds)] : []),
      ]),
    )
  if (page.before) {
    const { endedAt, id } = page.before
    query = query.where((eb) =>
      eb.or([
        eb('ended_at', '<', endedAt),
        eb.and([eb('ended_at', '=', endedAt), eb('id', '<', id as ChatId)]),
      ]),
    )
  }
  if (page.text) {
    const { text } = page
    const number = /^#?(\d{1,15})$/.exec(text)?.[1]
    query = query.where((eb) =>
      eb.or([
        contains('who', text),
        ...(number ? [eb('number', '=', Number(number))] : []),
        eb.exists(
          eb
            .selectFrom('messages as said')
            .select('said.seq')
            .whereRef('said.chat_id', '=', 'chats.id')
            .where(contains('said.text', text)),
        ),
      ]),
    )
  }
  const rows = await query
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map((row) => row.id)
}
