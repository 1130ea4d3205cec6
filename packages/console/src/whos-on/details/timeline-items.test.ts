import type { PastVisit, VisitorState, VisitState } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { timelineItems } from './timeline-items.ts'

const visit = (startedAt: number): PastVisit =>
  ({ id: `visit-${startedAt}`, startedAt }) as PastVisit
const state = {
  row: { id: 'now', startedAt: 1_000 },
  pages: [
    { id: 'a', at: 1_000, url: '', title: 'A' },
    { id: 'b', at: 1_200, url: '', title: 'B' },
  ],
  invitations: [{ id: 'asked', sentAt: 1_100 }],
  leftAt: 1_300,
} as unknown as VisitState
const record = {
  chats: [{ id: 'chat', queuedAt: 1_150 }],
  notes: [{ id: 'note', at: 500 }],
  identified: [{ visitId: 'now', at: 1_250 }],
} as unknown as VisitorState

const kinds = (from: Partial<Parameters<typeof timelineItems>[0]> = {}) =>
  timelineItems({ state, record, past: [visit(400)], more: false, ...from }).map(
    ({ kind, at }) => `${kind} ${at}`,
  )

describe('W4 the time line', () => {
  test('is one stream, newest first; a page stands above the visit it began', () => {
    expect(kinds()).toEqual([
      'left 1300',
      'identified 1250',
      'page 1200',
      'chat 1150',
      'invitation 1100',
      'page 1000',
      'began 1000',
      'note 500',
      'visit 400',
    ])
  })

  test('has no holes: what is older than the oldest visit read so far waits', () => {
    expect(kinds({ past: [visit(700)], more: true }).at(-1)).toBe('visit 700')
    expect(kinds({ past: [], more: true }).at(-1)).toBe('began 1000')
  })

  test('tells the visit before the record has come', () => {
    expect(kinds({ record: undefined, past: [] }).at(-1)).toBe('began 1000')
  })
})
