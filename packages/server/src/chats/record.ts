import type { ChatId, ChatRecordView, ChatRow, ChatWork, Message } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Directory, Picture } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import { notThere } from '../refusal.ts'
import { type ChatEntry, chatEntries } from '../store/chat-rows.ts'
import { contactOf } from '../store/contact-rows.ts'
import { type InvitationRow, invitationById } from '../store/invitation-rows.ts'
import { messagesAfter } from '../store/message-rows.ts'
import type { Store } from '../store/store.ts'
import { chatVisibleTo } from './access.ts'
import { chatRow } from './view.ts'
import { readChatWork } from './work.ts'

/** All that is kept of a chat, for agents (C11). */
export type WholeChat = {
  chat: ChatRow
  messages: Message[]
  record: ChatRecordView
  work: ChatWork
}

/** Open or ended: absent and forbidden look alike. */
export function createChatRecords(deps: { store: Store; directory: Directory }) {
  const { store, directory } = deps
  return (actor: AgentActor, id: ChatId): Promise<WholeChat> => {
    const picture = directory.now
    return store.read(async (db) => {
      await chatVisibleTo(db, { actor, picture }, id)
      const [entry] = await chatEntries(db, [id])
      if (!entry) throw notThere('chat')
      const messages = await messagesAfter(db, id, 0)
      const work = await readChatWork(db, entry, { actor, picture })
      const invitation = entry.invitation_id
        ? await invitationById(db, entry.invitation_id)
        : undefined
      const contact = await contactOf(db, entry.visitor_id)
      const record = recordOf(entry, { picture, messages, work, invitation, contact })
      return { chat: chatRow(entry, picture), messages, record, work }
    })
  }
}

function recordOf(
  entry: ChatEntry,
  {
    picture,
    messages,
    work,
    invitation,
    contact,
  }: {
    picture: Picture
    messages: readonly Message[]
    work: ChatWork
    invitation: InvitationRow | undefined
    contact: { email: string | null; username: string | null } | undefined
  },
): ChatRecordView {
  const { queued_at, started_at, first_reply_at, ended_at } = entry
  const said = (from: Message['from']) => messages.filter((one) => one.from === from).length
  const { text: name } = JSON.parse(entry.who) as { text: string }
  return {
    site: picture.sites.get(entry.site_id)?.name ?? 'A former site',
    visitor: {
      id: entry.visitor_id,
      name,
      ...(contact?.email && { email: contact.email }),
      ...(contact?.username && { username: contact.username }),
    },
    agents: agentsOf(entry, picture),
    ...(invitation && {
      invitation: {
        agentName: agentName(picture, invitation.agent_id),
        sentAt: invitation.sent_at,
        ...(invitation.viewed_at !== null && { viewedAt: invitation.viewed_at }),
      },
    }),
    waits: {
      ...(started_at !== null && { queueMs: started_at - queued_at }),
      ...(first_reply_at !== null && { firstReplyMs: first_reply_at - queued_at }),
      ...(ended_at !== null && { durationMs: ended_at - queued_at }),
    },
    messages: { visitor: said('visitor'), agent: said('agent'), system: said('system') },
    notes: work.notes.length,
  }
}

const agentsOf = (
  { agent_id, participantIds, joinedIds }: ChatEntry,
  picture: Picture,
): ChatRecordView['agents'] =>
  participantIds.map((agentId) => ({
    agentId,
    name: agentName(picture, agentId),
    part: agentId === agent_id ? 'answers' : joinedIds.includes(agentId) ? 'joined' : 'took_part',
  }))
