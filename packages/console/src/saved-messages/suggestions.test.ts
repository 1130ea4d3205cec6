import type { SavedMessageView, SiteId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { byName, matching, standardOf, suggested } from './suggestions.ts'

const SHOP = 'shop' as SiteId
const message = (name: string, more: Partial<SavedMessageView> = {}): SavedMessageView => ({
  id: name as SavedMessageView['id'],
  name,
  text: `Text of ${name}`,
  siteId: null,
  language: null,
  shared: false,
  brandId: null,
  standard: false,
  usedAt: null,
  mine: true,
  agentId: 'ada' as SavedMessageView['agentId'],
  ...more,
})
const namesOf = (list: SavedMessageView[]) => list.map(({ name }) => name)

test('W13 messages for this site and language come first, then the last used', () => {
  const all = [
    message('any'),
    message('german', { language: 'de' }),
    message('used', { usedAt: 5 }),
    message('shop', { siteId: SHOP }),
    message('other shop', { siteId: 'other' as SiteId, usedAt: 9 }),
    message('polish', { language: 'pl' }),
    message('polish shop', { siteId: SHOP, language: 'pl' }),
  ]
  expect(namesOf(suggested(all, '', { siteId: SHOP, language: 'pl-PL' }))).toEqual([
    'polish shop',
    'shop',
    'polish',
    'used',
    'any',
    'german',
    'other shop',
  ])
  expect(namesOf(suggested(all, 'TEXT OF SHOP', undefined))).toEqual(['shop'])
})

test('W13 on their page messages stand by name, found by any word of them', () => {
  const all = [message('sizes', { usedAt: 9 }), message('Hello'), message('orders')]
  expect(namesOf(byName(matching(all, ' ')))).toEqual(['Hello', 'orders', 'sizes'])
  expect(namesOf(matching(all, 'TEXT OF ORD'))).toEqual(['orders'])
})

test('W13 the dialog begins with one’s own standard, else the brand’s', () => {
  const brand = message('brand', { standard: true, shared: true })
  const own = message('own', { standard: true })
  expect(standardOf([brand, own])).toBe(own)
  expect(standardOf([brand, message('x')])).toBe(brand)
  expect(standardOf([message('x')])).toBeUndefined()
})
