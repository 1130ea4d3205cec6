import type { OfflineRow, OfflineState } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { sectionsOf, unreadOffline } from './offline-lists.ts'

const row = (id: string, more: Partial<OfflineRow> = {}) =>
  ({ id, at: 1, unread: true, answers: 0, ...more }) as OfflineRow
const state = (...rows: OfflineRow[]): OfflineState => ({
  messages: Object.fromEntries(rows.map((one) => [one.id, one])),
})

test('C4 own first, then those nobody has, colleagues’ and what is done; longest wait on top', () => {
  const sections = sectionsOf(
    state(
      row('new', { at: 9 }),
      row('old', { at: 2 }),
      row('theirs', { agentId: 'otto' as never }),
      row('mine', { agentId: 'ada' as never }),
      row('done', { doneAt: 5 }),
    ),
    'ada' as never,
  )
  expect(sections.map(({ name, rows }) => [name, ...rows.map(({ id }) => id)])).toEqual([
    ['Mine', 'mine'],
    ['Nobody has them', 'old', 'new'],
    ['With colleagues', 'theirs'],
    ['Just done', 'done'],
  ])
})

test('C4 only what nobody has read and nobody has done counts', () => {
  const all = state(row('a'), row('b', { unread: false }), row('c', { doneAt: 5 }))
  expect(unreadOffline(all)).toBe(1)
})
