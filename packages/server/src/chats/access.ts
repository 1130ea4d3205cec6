import type { ChatId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mustOpenChat } from '../agents/rights.ts'
import type { Picture } from '../directory/directory.ts'
import { notThere } from '../refusal.ts'
import { type ChatRecord, chatById, participantsOf } from '../store/chat-rows.ts'
import type { Db, Tx } from '../store/store.ts'
import type { VisitorActor } from '../visits/presence.ts'

export type VisibleChat = ChatRecord & { participantIds: readonly string[] }

/**
 * The only way request code gets a chat: the agent's gate. Assignee, participants (the inviter is
 * one), agents of its group, managers of its department; for everybody else it is not there.
 */
export async function chatVisibleTo(
  db: Db | Tx,
  { actor, picture }: { actor: AgentActor; picture: Picture },
  chatId: ChatId,
): Promise<VisibleChat> {
  const record = await chatById(db, chatId)
  if (!record) throw notThere('chat')
  const participantIds = await participantsOf(db, chatId)
  const ref = { id: record.id, agentId: record.agent_id, groupId: record.group_id, participantIds }
  mustOpenChat(actor, ref, picture)
  return { ...record, participantIds }
}

/** The visitor's gate: their own chats. */
export async function chatOfVisitor(
  db: Db | Tx,
  visitor: VisitorActor,
  chatId: ChatId,
): Promise<ChatRecord> {
  const record = await chatById(db, chatId)
  if (!record || record.visitor_id !== visitor.visitorId) throw notThere('chat')
  return record
}
