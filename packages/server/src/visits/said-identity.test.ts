import { LIMITS } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { readClaim } from './said-identity.ts'

describe('W15 what a page says about its visitor', () => {
  test('W15 names are told from attributes, wherever they stand', () => {
    const all = { name: 'Ana', email: 'ana@example.org', token: 'a.b.c', plan: 'Pro' }
    expect(readClaim({ attributes: all })).toEqual({
      name: 'Ana',
      username: undefined,
      email: 'ana@example.org',
      token: 'a.b.c',
      attributes: { plan: 'Pro' },
    })
    expect(readClaim({ name: 'Ana', attributes: { name: 'Other' } }).name).toBe('Ana')
  })

  test('W15 attributes are called as variables can name them, or left out', () => {
    const said = { 'First-Order': 'yes', '9x': '1', __proto__x: '1', überzahl: '1', seats: '' }
    expect(readClaim({ attributes: said }).attributes).toEqual({ first_order: 'yes' })
  })

  test('W15 too many and too long ones are cut, never a reason to refuse the visitor', () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`a${n}`, 'x'.repeat(900)]),
    )
    const { attributes, name } = readClaim({ attributes: { name: 'y'.repeat(400), ...many } })
    expect(Object.keys(attributes)).toHaveLength(LIMITS.attributes)
    expect(attributes.a0).toHaveLength(LIMITS.attributeCharacters)
    expect(name).toHaveLength(120)
  })
})
