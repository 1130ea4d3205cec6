import type { AgentId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { end, queue, take } from './chat.ts'

const ada = 'agent-ada' as AgentId

test('S39 a taken chat is one agent’s and remembers how long it waited', () => {
  expect(take(queue(10), ada, 25)).toEqual({
    state: 'active',
    queuedAt: 10,
    startedAt: 25,
    agentId: ada,
  })
})

test('C11 who ended a chat, and why, is kept', () => {
  expect(end(queue(10), 'visitor', 20)).toMatchObject({ endReason: 'left_queue', endedAt: 20 })
  expect(end(take(queue(10), ada, 15), 'visitor', 20)).toMatchObject({ endReason: 'visitor' })
  expect(end(take(queue(10), ada, 15), ada, 20)).toMatchObject({ endReason: 'agent', endedBy: ada })
})
