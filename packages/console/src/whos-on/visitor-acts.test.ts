import type { VisitRow } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { visitorActs } from './visitor-acts.ts'

const aRow = (part: Partial<VisitRow> = {}): VisitRow =>
  ({ id: 'visit-0001', status: 'active', bot: false, ...part }) as VisitRow
const invited = { id: 'i', agentId: 'a', agentName: 'Priya', sentAt: 0 } as unknown as NonNullable<
  VisitRow['invitation']
>

describe('acts on visitors', () => {
  test('S14 with nobody selected nothing can be done, and it says why', () => {
    expect(new Set(Object.values(visitorActs([])))).toEqual(new Set(['Select a visitor first.']))
  })

  test('S13 an active visitor can be invited', () => {
    expect(visitorActs([aRow()]).invite).toBeUndefined()
    expect(visitorActs([aRow({ status: 'pending' })]).invite).toBeUndefined()
  })

  test('W8 who cannot be invited has a reason', () => {
    expect(visitorActs([aRow({ status: 'removed' })]).invite).toMatch('left')
    expect(visitorActs([aRow({ bot: true })]).invite).toMatch('program')
    expect(visitorActs([aRow({ chat: { id: 'c', state: 'active' } })]).invite).toMatch('chat')
    expect(visitorActs([aRow({ invitation: { ...invited, state: 'viewed' } })]).invite).toMatch(
      'Priya',
    )
    expect(
      visitorActs([aRow({ invitation: { ...invited, state: 'ignored' } })]).invite,
    ).toBeUndefined()
  })

  test('W11 only an open invitation can be withdrawn', () => {
    expect(
      visitorActs([aRow({ invitation: { ...invited, state: 'sent' } })]).withdraw,
    ).toBeUndefined()
    expect(
      visitorActs([aRow({ invitation: { ...invited, state: 'declined' } })]).withdraw,
    ).toBeDefined()
  })

  test('W8 C12 whoever is banned already cannot be banned again', () => {
    expect(visitorActs([aRow({ status: 'removed', reason: 'by_hand' })]).ban).toBeUndefined()
    expect(visitorActs([aRow({ status: 'removed', reason: 'banned' })]).ban).toMatch('Already')
    expect(visitorActs([aRow({ reason: 'banned' }), aRow()]).ban).toBeUndefined()
  })
})
