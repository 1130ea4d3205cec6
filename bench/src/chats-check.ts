import type { AgentId, ChatId } from '@beckon/protocol'
import Database from 'better-sqlite3'

/** A message whose sender was told that it is stored. */
export type Promised = { chatId: ChatId; seq: number; text: string; sender: string }

type Message = { chat_id: ChatId; seq: number; sender: string; text: string }
type Happened = { type: string; subject_id: ChatId; data: string }
type Given = { agentId?: AgentId; fromAgentId?: AgentId; invitationId?: string }

/** What the database says otherwise than those who took part; nothing is good. */
export function differences(
  file: string,
  promised: readonly Promised[],
  limits: ReadonlyMap<AgentId, number>,
): { faults: string[]; messages: number; chats: number } {
  const db = new Database(file, { readonly: true })
  try {
    const messages = db
      .prepare('select chat_id, seq, sender, text from messages order by chat_id, seq')
      .all() as Message[]
    const happened = db
      .prepare(`select type, subject_id, data from events where type like 'chat.%' order by id`)
      .all() as Happened[]
    return {
      faults: [...kept(messages, promised), ...withinLimits(happened, limits)],
      messages: messages.length,
      chats: new Set(messages.map((message) => message.chat_id)).size,
    }
  } finally {
    db.close()
  }
}

/** Nothing lost, nothing doubled, in the order in which each was told; no gap in any chat. */
function kept(messages: readonly Message[], promised: readonly Promised[]): string[] {
  const faults: string[] = []
  const stored = new Map(messages.map((one) => [`${one.chat_id} ${one.seq}`, one.text]))
  for (const { chatId, seq, text } of promised) {
    if (stored.get(`${chatId} ${seq}`) !== text) faults.push(`lost or moved: ${text} (${seq})`)
  }
  const said = messages.filter(({ sender }) => sender !== 'system')
  const texts = new Set<string>()
  for (const { text } of said) {
    if (texts.has(text)) faults.push(`doubled: ${text}`)
    texts.add(text)
  }
  const last = new Map<ChatId, number>()
  for (const { chat_id, seq } of messages) {
    if (seq !== (last.get(chat_id) ?? 0) + 1) faults.push(`a gap before ${seq} in ${chat_id}`)
    last.set(chat_id, seq)
  }
  // Each sender numbers what they say in a chat: “… 7” never stands before “… 6”.
  const counts = new Map<string, number>()
  for (const { chat_id, text } of said) {
    const [, who = '', count = '0'] = /^(.*) (\d+)$/.exec(text) ?? []
    const key = `${chat_id} ${who}`
    if (Number(count) <= (counts.get(key) ?? -1)) faults.push(`out of order: ${text}`)
    counts.set(key, Number(count))
  }
  return faults
}

/** Event by event: how many chats each agent has, those they invited left out (S42). */
function withinLimits(
  happened: readonly Happened[],
  limits: ReadonlyMap<AgentId, number>,
): string[] {
  const holder = new Map<ChatId, AgentId>()
  const invited = new Set<ChatId>()
  const faults: string[] = []
  for (const { type, subject_id: chatId, data } of happened) {
    const { agentId, invitationId } = JSON.parse(data) as Given
    if (invitationId) invited.add(chatId)
    if (type === 'chat.ended') holder.delete(chatId)
    else if (type === 'chat.started' || type === 'chat.transferred' || type === 'chat.handed_off') {
      if (agentId) holder.set(chatId, agentId)
      else holder.delete(chatId)
    } else continue
    if (!agentId) continue
    const load = [...holder].filter(([id, who]) => who === agentId && !invited.has(id)).length
    const limit = limits.get(agentId) ?? Number.POSITIVE_INFINITY
    if (load > limit) faults.push(`${agentId} had ${load} chats of ${limit}`)
  }
  return faults
}
