import type { AgentId, ChatLogLine } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { logWords } from './log-words.ts'

const line = (part: Partial<ChatLogLine>): ChatLogLine =>
  ({ id: 'x', at: 1, what: 'handed_off', groupName: 'Support', ...part }) as ChatLogLine
const words = (part: Partial<ChatLogLine>) =>
  logWords(line(part), { who: 'Marta', me: 'ben' as AgentId })

test('C8 C11 the log says why a chat was handed off, and whose deed it was', () => {
  const toBen = { agentId: 'ben' as AgentId, agentName: 'Ben' }
  expect(words({ ...toBen, reason: 'no_first_reply' })).toBe(
    'No first reply: the chat went to you.',
  )
  expect(words({ reason: 'agent_gone' })).toBe(
    'The agent was not connected: the chat went to the queue of Support.',
  )
  expect(words({ by: 'Ada', byId: 'ada' as AgentId, reason: 'left' })).toBe(
    'Ada left and handed the chat on to the queue of Support.',
  )
})
