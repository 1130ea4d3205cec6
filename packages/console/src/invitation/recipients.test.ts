import type { GroupChoice, GroupId, ValuesState } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { emptyIn, rendered, sharedGroups } from './recipients.ts'

const group = (id: string): GroupChoice => ({
  id: id as GroupId,
  name: id,
  departmentId: 'd',
  department: 'Support',
  own: true,
})
const values = (more: Partial<ValuesState> = {}) =>
  ({
    values: { displayname: 'Marta', email: null },
    groups: [group('a')],
    status: 'active',
    ...more,
  }) as ValuesState

describe('W9 several recipients', () => {
  test('W9 each text is rendered with its own visitor’s values, and its gaps are named', () => {
    const template = 'Hi #displayname#, #email# #username|you#'
    const marta = rendered(template, { values: values(), gone: false }, group('a'))
    expect(marta).toMatchObject({ empty: ['email'], problem: undefined })
    expect(marta.text.startsWith('Hi Marta')).toBe(true)
    const other = values({ values: { displayname: 'Kim', email: 'kim@example.com' } })
    expect(rendered(template, { values: other, gone: false }, group('a')).text).toContain('Kim')
  })

  test('S31 a variable with a fallback leaves no gap', () => {
    expect(emptyIn('#email|there# and #email#', { email: null })).toEqual(['email'])
    expect(emptyIn('#email|there#', { email: null })).toEqual([])
    expect(emptyIn('#1 and #unknown#', { email: null })).toEqual([])
  })

  test('W9 who cannot be invited says why', () => {
    const problem = (more: Partial<ValuesState>, gone = false) =>
      rendered('Hi', { values: values(more), gone }, group('a')).problem
    expect(problem({})).toBeUndefined()
    expect(problem({ chatId: 'chat' })).toMatch(/in a chat/)
    expect(problem({ open: { agentName: 'Priya' } as never })).toMatch(/^Priya has invited them/)
    expect(problem({ status: 'removed' })).toMatch(/has left/)
    expect(problem({}, true)).toMatch(/has left/)
    expect(rendered('#email#', { values: values(), gone: false }, group('a')).problem).toMatch(
      /Nothing/,
    )
  })

  test('W9 S22 only groups that can take every chat are offered', () => {
    const both = values({ groups: [group('a'), group('b')] })
    expect(sharedGroups([both, undefined, values()]).map(({ id }) => id)).toEqual(['a'])
    expect(sharedGroups([values(), values({ groups: [group('b')] })])).toEqual([])
    expect(sharedGroups([both, both, values()]).map(({ id }) => id)).toEqual(['a'])
    expect(sharedGroups([])).toEqual([])
  })
})
