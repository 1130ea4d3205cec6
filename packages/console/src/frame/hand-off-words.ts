import type { ChatRow, TakenReason } from '@beckon/protocol'

type HandedOff = Pick<ChatRow, 'who' | 'agentId' | 'agentName' | 'handedOff'>

const WHY: Record<Exclude<TakenReason, 'left'>, string> = {
  no_first_reply: 'They had no first answer in time.',
  no_follow_up: 'They had written last and had no answer in time.',
  agent_gone: 'Your console was not connected.',
  taken_over: 'They took it over. What you were writing is kept in the chat.',
  passed_on: 'A manager passed it on. What you were writing is kept in the chat.',
}

/** What an agent is told about a chat that was taken from them; nothing about what they did themselves. */
export function handOffWords(chat: HandedOff): { text: string; second: string } | undefined {
  const { who, agentName, handedOff } = chat
  if (!handedOff || handedOff.reason === 'left') return undefined
  const where = agentName ? `is with ${agentName} now` : 'is back in the queue'
  return { text: `Your chat with ${who.text} ${where}`, second: WHY[handedOff.reason] }
}
