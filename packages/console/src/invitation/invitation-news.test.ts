import type { AgentId, InvitationReason, InvitationView } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { changedIn, newsOf } from './invitation-news.ts'

const ana = 'ana' as AgentId
const NOW = 500_000
const an = (part: Partial<InvitationView>): InvitationView =>
  ({
    id: 'i1',
    agentId: ana,
    agentName: 'Ana',
    recipient: 'Marta',
    state: 'sent',
    ...part,
  }) as InvitationView
const news = (before: InvitationView[] | undefined, after: InvitationView[]) =>
  newsOf(before, after, { agentId: ana, now: NOW })

describe('news of invitations', () => {
  test('W11 being seen is news, with the time that is left', () => {
    const seen = an({ state: 'viewed', deadline: NOW + 118_000 })
    expect(news([an({ state: 'delivered' })], [seen])).toMatchObject([
      {
        kind: 'viewed',
        text: 'Your invitation is on Marta’s screen',
        second: '1:58 left to reply',
      },
    ])
  })

  test('W11 sent is not seen: neither sending nor delivery claims anything', () => {
    expect(news([], [an({})])).toEqual([])
    expect(news([an({})], [an({ state: 'delivered' })])).toEqual([])
  })

  test('W11 every end is told once', () => {
    const ends = ['accepted', 'declined', 'ignored', 'expired', 'failed'] as const
    for (const state of ends) {
      expect(news([an({ state: 'viewed' })], [an({ state })])).toHaveLength(1)
      expect(news([an({ state })], [an({ state })])).toEqual([])
    }
  })

  test('W11 an end that had a reason tells it', () => {
    const told = (state: 'expired' | 'failed' | 'withdrawn', reason: InvitationReason) =>
      news([an({ state: 'delivered' })], [an({ state, reason })]).map(({ text, second }) =>
        [text, second].filter(Boolean).join(' · '),
      )
    expect([
      ...told('expired', 'left'),
      ...told('expired', 'not_viewed'),
      ...told('failed', 'banned'),
      ...told('failed', 'consent_withdrawn'),
      ...told('failed', 'site_off'),
      ...told('withdrawn', 'superseded'),
    ]).toEqual([
      'Marta left before seeing your invitation',
      'Marta has not seen your invitation in time',
      'Your invitation to Marta could not be shown · The visitor has been banned.',
      'Your invitation to Marta could not be shown · The visitor has withdrawn their consent.',
      'Your invitation to Marta could not be shown · The site has been switched off.',
      'Marta started a chat before replying',
    ])
  })

  test('W11 a reply is told with its first words', () => {
    const accepted = an({ state: 'accepted', reply: 'oh hi! yes please' })
    expect(news([an({ state: 'viewed' })], [accepted])).toMatchObject([
      { text: 'Marta replied. The chat is yours.', second: '“oh hi! yes please”' },
    ])
  })

  test('W11 withdrawing is told only when somebody else did it', () => {
    const by = (endedBy: string) =>
      news([an({ state: 'viewed' })], [an({ state: 'withdrawn', reason: 'withdrawn', endedBy })])
    expect(by('Ana')).toEqual([])
    expect(by('Priya')).toMatchObject([{ text: 'Priya withdrew your invitation to Marta' }])
  })

  test('W11 a withdrawal of one’s own still ends what was told of the invitation before', () => {
    const seen = [an({ state: 'viewed' })]
    const undone = [an({ state: 'withdrawn', reason: 'undone', endedBy: 'Ana' })]
    expect(changedIn(seen, undone)).toEqual(['i1'])
    expect(changedIn(undone, undone)).toEqual([])
  })

  test('W11 what happened before the page was opened is no news', () => {
    expect(news(undefined, [an({ state: 'accepted' })])).toEqual([])
  })

  test('W11 with more than two open, being seen is left to the rows', () => {
    const open = [an({ id: 'i2' as never }), an({ id: 'i3' as never })]
    expect(news([an({}), ...open], [an({ state: 'viewed' }), ...open])).toEqual([])
  })
})
