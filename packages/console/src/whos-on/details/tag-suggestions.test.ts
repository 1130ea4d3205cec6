import type { Tag } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { suggestions } from './tag-suggestions.ts'

const tag = (name: string): Tag => ({ id: name as Tag['id'], name, tint: 1 })
const known = ['Press', 'Trade buyer', 'Big trade', 'VIP'].map(tag)
const names = (typed: string, have: Tag[] = []) =>
  suggestions({ typed, known, have }).map(({ name, tint }) =>
    tint === undefined ? `+${name}` : name,
  )

test('W4 tags are offered by their letters, beginnings first, a new one last, none twice', () => {
  expect(names('')).toEqual(['Press', 'Trade buyer', 'Big trade', 'VIP'])
  expect(names('TRADE')).toEqual(['Trade buyer', 'Big trade', '+TRADE'])
  expect(names('vip')).toEqual(['VIP'])
  expect(names('vip', [tag('VIP')])).toEqual([])
  expect(names('  ')).toEqual(['Press', 'Trade buyer', 'Big trade', 'VIP'])
})
