import type { ChatId, ChatRow, Identity, Message } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mustOpenChat, openGroups } from '../agents/rights.ts'
import type { Directory, Picture } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import { type ChatEntry, chatEntries } from '../store/chat-rows.ts'
import { endedChatIds } from '../store/ended-chat-rows.ts'
import { messagesAfter } from '../store/message-rows.ts'
import type { Store } from '../store/store.ts'

/** The record of chats over REST: the Completed list, and any chat's transcript (S8, C6). */
export function createEndedChats(deps: { store: Store; directory: Directory }) {
  const { store, directory } = deps
  return {
    async list(
      actor: AgentActor,
      page: { text: string | undefined; before: string | undefined; limit: number },
    ): Promise<{ items: ChatRow[]; next: string | null }> {
      const picture = directory.now
      const reader = { agentId: actor.agentId, groupIds: openGroups(actor, picture) }
      const { text, limit } = page
      const before = page.before === undefined ? undefined : readCursor(page.before)
      const { entries, more } = await store.read(async (db) => {
        const ids = await endedChatIds(db, { reader, text, before, limit: limit + 1 })
        const found = await chatEntries(db, ids.slice(0, limit))
        const place = new Map(ids.map((id, i) => [id, i]))
        found.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
        return { entries: found, more: ids.length > limit }
      })
      const last = entries.at(-1)
      return {
        items: entries.map((entry) => chatRow(entry, picture)),
        next: more && last ? `${last.ended_at}.${last.id}` : null,
      }
    },

    /** Open or ended: absent and forbidden look alike. */
    async transcript(
      actor: AgentActor,
      id: ChatId,
    ): Promise<{ chat: ChatRow; messages: Message[] }> {
      const [entry] = await store.read((db) => chatEntries(db, [id]))
      const picture = directory.now
      const ref = entry && {
        id: entry.id,
        agentId: entry.agent_id,
        groupId: entry.group_id,
        participantIds: entry.participantIds,
      }
      mustOpenChat(actor, ref, picture)
      const messages = await store.read((db) => messagesAfter(db, id, 0))
      return { chat: chatRow(entry as ChatEntry, picture), messages }
    },
  }
}

export type EndedChats = ReturnType<typeof createEndedChats>

function readCursor(text: string): { endedAt: number; id: string } {
  const [, endedAt, id] = /^(\d{1,15})\.([0-9A-Za-z_-]{8,64})$/.exec(text) ?? []
  if (!endedAt || !id)
    throw new Refusal('bad_input', 'before must be the “next” of an earlier answer.')
  return { endedAt: Number(endedAt), id }
}

const GONE = 'Deleted'

function chatRow(entry: ChatEntry, picture: Picture): ChatRow {
  const group = picture.groups.get(entry.group_id)
  const department = group && picture.departments.get(group.departmentId)
  return {
    id: entry.id,
    number: entry.number,
    state: entry.state,
    siteId: entry.site_id,
    groupId: entry.group_id,
    groupName: group?.name ?? GONE,
    departmentName: department?.name ?? GONE,
    visitorId: entry.visitor_id,
    visitId: entry.visit_id,
    who: JSON.parse(entry.who) as Identity,
    ...(entry.agent_id && {
      agentId: entry.agent_id,
      agentName: picture.agents.get(entry.agent_id)?.name ?? GONE,
    }),
    ...(entry.invitation_id && { invitationId: entry.invitation_id }),
    queuedAt: entry.queued_at,
    ...(entry.started_at !== null && { startedAt: entry.started_at }),
    ...(entry.first_reply_at !== null && { firstReplyAt: entry.first_reply_at }),
    ...(entry.ended_at !== null && { endedAt: entry.ended_at }),
    ...(entry.ended_by !== null && { endedBy: entry.ended_by }),
    ...(entry.end_reason !== null && { endReason: entry.end_reason }),
    lastSeq: entry.last_seq,
    ...(entry.last_sender &&
      entry.last_at !== null && {
        last: { from: entry.last_sender, text: entry.last_text ?? '', at: entry.last_at },
      }),
    agentSeen: entry.agent_seen,
    visitorSeen: entry.visitor_seen,
    visitorDelivered: entry.visitor_delivered,
    unread: entry.unread,
  }
}
