import type { GroupChoice } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { groupChoices, preselected } from './group-choices.ts'

const a = (id: string, department: string, own = false): GroupChoice =>
  ({ id, name: id, departmentId: department, department, own }) as GroupChoice

describe('group choices', () => {
  test('S22 own groups come first, grouped by department', () => {
    const choices = groupChoices([a('x', 'Sales'), a('y', 'Help', true), a('z', 'Sales')])
    expect(choices.map((one) => 'group' in one && one.group)).toEqual(['Help', 'Sales'])
  })

  test('S22 one is preselected: the last used, else an own one', () => {
    const groups = [a('x', 'Sales'), a('y', 'Help', true)]
    expect(preselected(groups, null)).toBe('y')
    expect(preselected(groups, 'x')).toBe('x')
    expect(preselected(groups, 'deleted')).toBe('y')
    expect(preselected([], 'x')).toBeUndefined()
  })
})
