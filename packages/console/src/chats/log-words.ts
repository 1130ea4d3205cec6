import type { AgentId, ChatLogLine } from '@beckon/protocol'
import { ratingWords } from './rating-words.ts'

const WHY = {
  no_first_reply: 'No first reply',
  no_follow_up: 'No follow-up',
  agent_gone: 'The agent was not connected',
}

type Reading = { who: string; me: AgentId; invited?: boolean }

/** One line of a chat's log as a sentence; `who` is the visitor, `me` whoever reads. */
export function logWords(line: ChatLogLine, { who, me, invited }: Reading): string {
  const by = nameOf(line.byId, line.by, me) ?? 'Somebody'
  const to = nameOf(line.agentId, line.agentName, me, 'you')
  const group = line.groupName ?? 'another group'
  switch (line.what) {
    case 'queued':
      return invited
        ? `${who} answered an invitation to ${group}.`
        : `${who} came to the queue of ${group}.`
    case 'started':
      if (line.byId) return `${by} took the chat.`
      return to ? `The chat went to ${to}.` : 'The chat began.'
    case 'transferred':
      return to
        ? `${by} passed the chat to ${to} in ${group}.`
        : `${by} passed the chat to the queue of ${group}.`
    case 'handed_off':
      if (line.reason === 'left') {
        return `${by} left and handed the chat on to ${to ?? `the queue of ${group}`}.`
      }
      return `${WHY[line.reason ?? 'agent_gone']}: the chat went to ${to ?? `the queue of ${group}`}.`
    case 'joined':
      return `${by} joined the chat.`
    case 'left':
      return `${by} left the chat.`
    case 'taken_over':
      return `${by} took over the chat.`
    case 'noted':
      return `${by} wrote a note.`
    case 'whispered':
      return `${by} whispered.`
    case 'tagged':
      return `${by} put the tag “${line.text ?? ''}” on it.`
    case 'untagged':
      return `${by} took the tag “${line.text ?? ''}” off it.`
    case 'named':
      return `${by} wrote down: ${line.text ?? ''}`
    case 'rated':
      return `${who} rated the chat ${ratingWords(Number(line.text))}.`
    case 'ended':
      if (line.by === 'visitor') return `${who} ended the chat.`
      return line.by ? `${by} ended the chat.` : 'The chat ended by itself.'
  }
}

function nameOf(
  id: AgentId | undefined,
  name: string | undefined,
  me: AgentId,
  self = 'You',
): string | undefined {
  return id !== undefined && id === me ? self : name
}
