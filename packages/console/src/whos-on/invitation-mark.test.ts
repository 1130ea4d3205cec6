import type { VisitRow } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { invitationMark } from './invitation-mark.ts'

type Invitation = NonNullable<VisitRow['invitation']>
const NOW = 1_000_000
const anInvitation = (part: Partial<Invitation>): { invitation: Invitation } => ({
  invitation: {
    id: 'invitation-1' as Invitation['id'],
    agentId: 'agent-0001' as Invitation['agentId'],
    agentName: 'Ana',
    state: 'sent',
    sentAt: NOW - 1_000,
    ...part,
  },
})

describe('invitation mark', () => {
  test('W11 every state has its own word', () => {
    const states = [
      'sent',
      'delivered',
      'viewed',
      'accepted',
      'declined',
      'ignored',
      'withdrawn',
      'expired',
      'failed',
    ] as const
    const words = states.map((state) => invitationMark(anInvitation({ state }), NOW)?.word)
    expect(new Set(words).size).toBe(states.length)
  })

  test('W11 sent is not seen: no clock runs before it was viewed', () => {
    const mark = invitationMark(anInvitation({ state: 'delivered', deliveredAt: NOW - 8_000 }), NOW)
    expect(mark).toMatchObject({ word: 'Delivered', live: '8 s' })
    expect(mark?.left).toBeUndefined()
  })

  test('W11 viewed counts down to the server’s deadline with the share that is left', () => {
    const viewed = anInvitation({ state: 'viewed', viewedAt: NOW - 36_000, deadline: NOW + 84_000 })
    expect(invitationMark(viewed, NOW)).toMatchObject({ word: 'Viewed', live: '1:24', left: 0.7 })
  })

  test('W11 typing changes the word, the state stays viewed', () => {
    const typing = anInvitation({
      state: 'viewed',
      viewedAt: NOW,
      deadline: NOW + 49_000,
      typing: true,
    })
    expect(invitationMark(typing, NOW)).toMatchObject({
      word: 'Typing',
      live: '0:49',
      icon: 'typing',
    })
  })

  test('W11 ends carry their reason', () => {
    expect(invitationMark(anInvitation({ state: 'failed', reason: 'site_off' }), NOW)?.live).toBe(
      'site off',
    )
    expect(invitationMark(anInvitation({ state: 'withdrawn', endedBy: 'Priya' }), NOW)?.live).toBe(
      'Priya',
    )
    expect(invitationMark(anInvitation({ state: 'expired', reason: 'left' }), NOW)?.live).toBe(
      'left',
    )
    expect(
      invitationMark(anInvitation({ state: 'expired', reason: 'not_viewed' }), NOW)?.live,
    ).toBe('not viewed')
    expect(
      invitationMark(anInvitation({ state: 'ignored', endedAt: NOW - 540_000 }), NOW)?.live,
    ).toBe('9 min')
  })

  test('W11 a chat outranks the invitation it began with', () => {
    const both = {
      ...anInvitation({ state: 'accepted' }),
      chat: { id: 'c', state: 'active' as const, agentName: 'Tomasz' },
    }
    expect(invitationMark(both, NOW)).toMatchObject({ word: 'In chat', live: 'Tomasz' })
  })

  test('W11 without invitation or chat nothing is said', () => {
    expect(invitationMark({}, NOW)).toBeUndefined()
  })
})
