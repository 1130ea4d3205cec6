import type { AgentId, Colleague, VisitId, VisitorId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { beganWords, colleagueStory, colleaguesHere } from './colleague-words.ts'

const at = (name: string, doing: Colleague['doing'], since = 1_000): Colleague => ({
  key: name,
  visitId: 'visit' as VisitId,
  visitorId: 'visitor' as VisitorId,
  agentId: name as AgentId,
  name,
  doing,
  since,
})

test('W10 says who is at a visitor and since when', () => {
  expect(colleagueStory(at('Priya', 'looking'), 1_500)).toBe('Priya is looking')
  expect(colleagueStory(at('Priya', 'writing'), 21_000)).toBe(
    'Priya is writing an invitation, for 20 s now',
  )
  expect(colleaguesHere([at('Priya', 'looking')])).toBe('Priya is looking at this visitor too.')
  expect(colleaguesHere([at('Ana', 'looking'), at('Priya', 'writing')])).toBe(
    'Priya is writing an invitation to this visitor.',
  )
  expect(colleaguesHere([at('Ana', 'looking'), at('Ben', 'looking'), at('Cy', 'looking')])).toBe(
    'Ana and 2 others are looking at this visitor too.',
  )
  expect(beganWords(1_000, 21_000)).toBe(
    'began an invitation to this visitor 20 s ago. Only the first one sent goes out.',
  )
})
