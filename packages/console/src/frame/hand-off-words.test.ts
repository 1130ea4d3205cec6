import type { AgentId, ChatRow } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { handOffWords } from './hand-off-words.ts'

const chat = (part: Partial<ChatRow>): ChatRow =>
  ({ who: { rung: 'code', text: 'Marta', verified: false }, ...part }) as ChatRow
const from = (reason: NonNullable<ChatRow['handedOff']>['reason']) => ({
  handedOff: { agentId: 'ada' as AgentId, agentName: 'Ada', reason, at: 1 },
})

test('C8 an agent is told where their chat has gone, and why', () => {
  expect(handOffWords(chat({ ...from('no_first_reply'), agentName: 'Ben' }))).toEqual({
    text: 'Your chat with Marta is with Ben now',
    second: 'They had no first answer in time.',
  })
  expect(handOffWords(chat(from('agent_gone')))?.text).toBe(
    'Your chat with Marta is back in the queue',
  )
  expect(handOffWords(chat({ ...from('taken_over'), agentName: 'Mia' }))).toEqual({
    text: 'Your chat with Marta is with Mia now',
    second: 'They took it over. What you were writing is kept in the chat.',
  })
  expect(handOffWords(chat(from('left')))).toBeUndefined()
  expect(handOffWords(chat({}))).toBeUndefined()
})
