import { expect, test } from 'vitest'
import { hoursDraft, hoursIn } from './hours-draft.ts'
import { hoursWords } from './hours-words.ts'

const NONE = { hours: null, closedOutside: false }

test('C10 hours come back from the form as they went in, midnight as the end of the day', () => {
  const hours = {
    timeZone: 'Europe/Lisbon',
    week: [[{ from: 0, to: 90 }], [], [], [], [], [{ from: 540, to: 1_440 }], []],
    holidays: [{ date: '2026-12-25', yearly: true, name: 'Christmas', open: [] }],
  }
  const draft = hoursDraft({ hours, closedOutside: true }, 'UTC')
  expect(draft.week[5]).toEqual([{ from: '09:00', to: '00:00' }])
  expect(hoursIn(draft)).toEqual({ hours })
})

test('C10 without hours the form offers office hours on the clocks of whoever sets them', () => {
  const draft = hoursDraft(NONE, 'Asia/Tokyo')
  expect(hoursIn(draft)).toEqual({ hours: null })
  const kept = hoursIn({ ...draft, kept: true })
  expect(kept).toMatchObject({ hours: { timeZone: 'Asia/Tokyo' } })
})

test.each([
  [{ week: [[{ from: '09:00', to: '' }], [], [], [], [], [], []] }, 'time is missing'],
  [{ week: [[{ from: '12:00', to: '09:00' }], [], [], [], [], [], []] }, 'ends before it begins'],
  [{ holidays: [{ date: '', yearly: false, name: '', open: [] }] }, 'has no day'],
])('C10 what cannot be is said before it is sent: %#', (part, sentence) => {
  const draft = { ...hoursDraft(NONE, 'UTC'), kept: true, ...part }
  expect(hoursIn(draft)).toEqual({ problem: expect.stringContaining(sentence) })
})

test('C10 the list says until when, on the clocks of the department', () => {
  const hours = { timeZone: 'Asia/Tokyo', week: [], holidays: [] }
  const changesAt = Date.parse('2026-01-09T08:00:00Z')
  expect(hoursWords({ hours, open: true, changesAt })).toBe('Open until Fri 17:00')
  expect(hoursWords({ hours, open: false })).toBe('Closed')
  expect(hoursWords({ hours: null, open: true })).toBe('Open at any time')
})
