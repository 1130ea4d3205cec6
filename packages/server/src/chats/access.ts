import type { AgentId, ChatAct, ChatId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import {
  managesGroup,
  mayPassOn,
  mayTakeChat,
  mayTakeOver,
  mustOpenChat,
  watchesOver,
} from '../agents/rights.ts'
import type { Picture } from '../directory/directory.ts'
import { notThere } from '../refusal.ts'
import { type ChatRecord, chatById, participantsOf } from '../store/chat-rows.ts'
import type { Db, Tx } from '../store/store.ts'
import type { VisitorActor } from '../visits/presence.ts'

export type VisibleChat = ChatRecord & {
  participantIds: readonly AgentId[]
  /** Of them, those who speak in it beside its agent. */
  joinedIds: readonly AgentId[]
}
type Reader = { actor: AgentActor; picture: Picture }

/**
 * The only way request code gets a chat: the agent's gate. Assignee, participants (the inviter is
 * one), agents of its group, managers of its department; for everybody else it is not there.
 */
export async function chatVisibleTo(
  db: Db | Tx,
  { actor, picture }: Reader,
  chatId: ChatId,
): Promise<VisibleChat> {
  const [record, participants] = await Promise.all([
    chatById(db, chatId),
    participantsOf(db, chatId),
  ])
  if (!record) throw notThere('chat')
  const chat = {
    ...record,
    participantIds: participants.map((one) => one.agent_id),
    joinedIds: participants.filter((one) => one.joined_at !== null).map((one) => one.agent_id),
  }
  mustOpenChat(actor, refOf(chat), picture)
  return chat
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

/** What the rights go by. */
const refOf = (chat: VisibleChat) => ({
  id: chat.id,
  state: chat.state,
  agentId: chat.agent_id,
  groupId: chat.group_id,
  participantIds: chat.participantIds,
})

/** Speaks with the visitor: whoever answers it, and who has joined. Looking on is not taking part. */
export const takesPart = (
  actor: Pick<AgentActor, 'agentId'>,
  chat: Pick<VisibleChat, 'agent_id' | 'joinedIds'>,
): boolean => chat.agent_id === actor.agentId || chat.joinedIds.includes(actor.agentId)

/** All that this agent may do with a chat they may open: asked by every command and told to the console. */
export function actsOn(
  { actor, picture }: Reader,
  chat: Pick<
    VisibleChat,
    'id' | 'state' | 'agent_id' | 'group_id' | 'participantIds' | 'joinedIds'
  >,
): ChatAct[] {
  const ref = refOf(chat as VisibleChat)
  const open = chat.state !== 'ended'
  const active = chat.state === 'active'
  const own = chat.agent_id === actor.agentId
  const joined = chat.joinedIds.includes(actor.agentId)
  const watches = watchesOver(actor, ref, picture)
  const may: Record<ChatAct, boolean> = {
    take: chat.state === 'queued' && mayTakeChat(actor, chat.group_id, picture),
    speak: active && (own || joined),
    transfer: mayPassOn(actor, ref, picture),
    end: open && (own || joined || managesGroup(actor, chat.group_id, picture)),
    note: true,
    whisper: active && watches && !own,
    join: active && watches && !own && !joined,
    leave: active && joined && !own,
    take_over: active && !own && mayTakeOver(actor, ref, picture),
  }
  return (Object.keys(may) as ChatAct[]).filter((act) => may[act])
}
