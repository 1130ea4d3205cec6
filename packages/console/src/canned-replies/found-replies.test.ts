import type { CannedReplyView, DepartmentId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { byCategory, foundReplies, typedReply } from './found-replies.ts'

const SALES = 'sales' as DepartmentId
const reply = (shortcut: string, over: Partial<CannedReplyView> = {}): CannedReplyView =>
  ({
    id: `id-${shortcut}`,
    shortcut,
    name: shortcut,
    text: '',
    category: '',
    departmentId: null,
    language: null,
    usedAt: null,
    ...over,
  }) as CannedReplyView

test('C7 a slash that begins a word opens the list, until a space follows', () => {
  expect(typedReply('/st', 3)).toEqual({ from: 0, query: 'st' })
  expect(typedReply('Hello /STOCK', 12)).toEqual({ from: 6, query: 'stock' })
  expect(typedReply('a\n/', 3)).toEqual({ from: 2, query: '' })
  expect(typedReply('/st in the shop', 3)).toEqual({ from: 0, query: 'st' })
  for (const text of ['and/or', '/stock ', 'see /a/b', 'https://x', '//']) {
    expect([text, typedReply(text, text.length)]).toEqual([text, null])
  }
})

test('C7 the shortcut decides, then the name, then the words', () => {
  const replies = [
    reply('hours', { text: 'The store opens at nine' }),
    reply('near', { name: 'Nearest store' }),
    reply('store-far'),
    reply('store'),
    reply('stock'),
    reply('bye'),
  ]
  const found = foundReplies(replies, 'store', { departmentId: undefined, language: undefined })
  expect(found.map(({ shortcut }) => shortcut)).toEqual(['store', 'store-far', 'near', 'hours'])
})

test('C7 those of other departments are left out; the visitor’s language and the last used come first', () => {
  const replies = [
    reply('a', { language: 'de' }),
    reply('b'),
    reply('c', { usedAt: 9 }),
    reply('d', { language: 'pl-PL' }),
    reply('e', { departmentId: 'other' as DepartmentId }),
    reply('f', { departmentId: SALES, usedAt: 5 }),
  ]
  const found = foundReplies(replies, '', { departmentId: SALES, language: 'pl' })
  expect(found.map(({ shortcut }) => shortcut)).toEqual(['d', 'c', 'f', 'b', 'a'])
})

test('C7 the settings list them under their headings, those without one first', () => {
  const replies = [
    reply('z'),
    reply('b', { category: 'Delivery' }),
    reply('a', { category: 'Delivery' }),
  ]
  expect(
    byCategory(replies, '/').map((one) => [one.category, one.replies.map((r) => r.shortcut)]),
  ).toEqual([
    ['', ['z']],
    ['Delivery', ['a', 'b']],
  ])
  expect(byCategory(replies, 'nothing')).toEqual([])
})
