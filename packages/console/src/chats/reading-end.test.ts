import type { AgentId, ChatDetailState } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { leftAt, newSince } from './reading-end.ts'

const ME = 'agent-me' as AgentId
const MIA = 'agent-mia' as AgentId

const detail = (
  messages: { from: string; agentId?: AgentId }[],
  notes: { agentId: AgentId }[] = [],
) =>
  ({
    chat: { lastSeq: messages.length },
    messages: messages.map((message, at) => ({ seq: at + 1, ...message })),
    work: { notes },
  }) as unknown as ChatDetailState

test('C6 what others said and noted below counts; own words and what the system tells do not', () => {
  const before = detail([{ from: 'visitor' }], [{ agentId: MIA }])
  const left = leftAt(before)
  expect(newSince(left, before, ME)).toBe(0)
  const after = detail(
    [
      { from: 'visitor' },
      { from: 'agent', agentId: ME },
      { from: 'visitor' },
      { from: 'system' },
      { from: 'agent', agentId: MIA },
    ],
    [{ agentId: MIA }, { agentId: ME }, { agentId: MIA }],
  )
  expect(newSince(left, after, ME)).toBe(3)
})
