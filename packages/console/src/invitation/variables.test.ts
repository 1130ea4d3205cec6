import { describe, expect, test } from 'vitest'
import { findVariables, typedVariable, valuesWith, variablesOf } from './variables.ts'

const values = {
  username: null,
  city: 'Kraków',
  displayname: 'Marta',
  plan: 'gold',
  ip: '203.0.113.7',
}

describe('variables list', () => {
  test('S26 every variable is listed with its value, those without value last', () => {
    expect(variablesOf(values).map(({ name }) => name)).toEqual([
      'displayname',
      'ip',
      'city',
      'plan',
      'username',
    ])
    expect(variablesOf(values).at(-1)?.value).toBeNull()
  })

  test('S31a the list is searched by name and by value', () => {
    const list = variablesOf(values)
    expect(findVariables(list, '#ci').map(({ name }) => name)).toEqual(['city'])
    expect(findVariables(list, 'marta').map(({ name }) => name)).toEqual(['displayname'])
    expect(findVariables(list, '')).toHaveLength(5)
    expect(findVariables(list, 'zzz')).toEqual([])
  })

  test('S31a what tells the visitor that they were watched is marked', () => {
    expect(
      variablesOf(values)
        .filter(({ reveals }) => reveals)
        .map(({ name }) => name),
    ).toEqual(['ip'])
  })

  test('S26 group and department come from the chosen group', () => {
    const chosen = { name: 'Bikes', department: 'Sales' }
    expect(valuesWith({ values }, chosen)).toMatchObject({ group: 'Bikes', department: 'Sales' })
    expect(valuesWith({ values }, undefined).group).toBeNull()
  })

  test('S27 a # being typed opens the list; a number sign or a finished variable does not', () => {
    expect(typedVariable('Hi #', 4)).toEqual({ from: 3, query: '' })
    expect(typedVariable('Hi #Dis', 7)).toEqual({ from: 3, query: 'dis' })
    expect(typedVariable('We are #1', 9)).toBeNull()
    expect(typedVariable('#city# x', 8)).toBeNull()
    expect(typedVariable('##', 2)).toBeNull()
  })
})
