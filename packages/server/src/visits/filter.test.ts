import {
  type Condition,
  type FilterField,
  type FilterOperator,
  SHIPPED_FILTERS,
  type VisitRow,
} from '@beckon/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileFilter, type Filterable } from './filter.ts'

const NOW = 1_000_000
const row = {
  id: 'visit-0001',
  visitorId: 'visitor-1',
  siteId: 'site-00001',
  status: 'active',
  visitNumber: 2,
  who: { rung: 'displayname', text: 'Marta Groß', verified: false, next: 'marta7' },
  email: 'm@example.com',
  title: 'Trail Runner',
  url: 'https://shop.example/shoes',
  landingUrl: 'https://shop.example/',
  referrer: 'https://www.google.com/',
  country: 'GB',
  city: 'London',
  language: 'en-GB',
  browser: 'Chrome 130',
  startedAt: NOW - 200_000,
  navigatedAt: NOW - 100_000,
  hits: 3,
  bot: false,
} as unknown as VisitRow
const visit: Filterable = {
  row,
  siteName: 'Shop',
  engine: 'Google',
  placeKey: '51.500:-0.100',
  pages: [
    { id: 'p1', at: 0, url: 'https://shop.example/pricing', title: 'Prices' },
    { id: 'p2', at: 1, url: 'https://shop.example/shoes', title: 'Trail Runner' },
  ],
}
const holds = (field: FilterField, op: FilterOperator, value?: string, of: Filterable = visit) =>
  compileFilter({ match: 'all', conditions: [{ field, op, value }] }).matches(of, NOW)

describe('filters', () => {
  test.each<[FilterField, FilterOperator, string | undefined, boolean]>([
    ['status', 'is', 'active', true],
    ['status', 'is_not', 'active', false],
    ['site', 'is', 'site-00001', true],
    ['site', 'is', 'shop', true],
    ['site', 'is_not', 'Shop', false],
    ['visitor', 'contains', 'GROSS', false],
    ['visitor', 'contains', 'groß', true],
    ['visitor', 'is', 'marta7', true],
    ['email', 'ends_with', '@EXAMPLE.com', true],
    ['title', 'starts_with', 'trail', true],
    ['url', 'contains', 'pricing', false],
    ['viewed', 'contains', 'pricing', true],
    ['viewed', 'is_not', 'Prices', false],
    ['viewed', 'contains', 'cart', false],
    ['landing', 'is', 'https://shop.example/', true],
    ['referrer', 'contains', 'google', true],
    ['search', 'not_empty', undefined, true],
    ['search', 'is', 'google', true],
    ['country', 'is', 'gb', true],
    ['country', 'is', 'United Kingdom', true],
    ['country', 'in', 'DE, GB', true],
    ['country', 'in', 'DE,FR', false],
    ['region', 'empty', undefined, true],
    ['region', 'is', 'x', false],
    ['city', 'is', 'london', true],
    ['language', 'is', 'en', true],
    ['language', 'is', 'de', false],
    ['browser', 'starts_with', 'chrome', true],
    ['hits', 'is', '3', true],
    ['hits', 'greater', '2', true],
    ['hits', 'greater', '3', false],
    ['hits', 'less', 'many', false],
    ['hits', 'in', '1,3', true],
    ['visits', 'greater', '1', true],
    ['duration', 'greater', '180', true],
    ['duration', 'greater', '200', false],
    ['duration', 'less', '201', true],
    ['idle', 'is', '100', true],
    ['invitation', 'empty', undefined, true],
    ['chat', 'not_empty', undefined, false],
    ['place', 'is', '51.500:-0.100', true],
    ['located', 'is', 'yes', true],
    ['title', 'greater', '1', false],
  ])('W7 %s %s %j: %j', (field, op, value, expected) => {
    expect(holds(field, op, value)).toBe(expected)
  })

  test('W7 all, any, switched off, none', () => {
    const yes: Condition = { field: 'city', op: 'is', value: 'London' }
    const no: Condition = { field: 'city', op: 'is', value: 'Paris' }
    const answer = (match: 'all' | 'any', conditions: Condition[]) =>
      compileFilter({ match, conditions }).matches(visit, NOW)
    expect(answer('all', [yes, no])).toBe(false)
    expect(answer('any', [yes, no])).toBe(true)
    expect(answer('any', [no])).toBe(false)
    expect(answer('all', [yes, { ...no, off: true }])).toBe(true)
    expect([answer('all', []), answer('any', [])]).toEqual([true, true])
  })

  test('W16 bots only where asked for', () => {
    const bot = { ...visit, row: { ...row, bot: true } }
    expect(compileFilter({ match: 'all', conditions: [] }).matches(bot, NOW)).toBe(false)
    expect(compileFilter({ match: 'all', conditions: [], bots: true }).matches(bot, NOW)).toBe(true)
    expect(compileFilter({ match: 'all', conditions: [], bots: true }).matches(visit, NOW)).toBe(
      false,
    )
  })

  test('W7 the shipped filters', () => {
    const matching = SHIPPED_FILTERS.filter(({ filter }) =>
      compileFilter(filter).matches(visit, NOW),
    ).map(({ id }) => id)
    expect(matching).toEqual(['everyone', 'returning', 'long', 'pricing', 'search'])
  })

  test('W7 the answer never changes by time alone before dueAt', () => {
    const condition = fc.record({
      field: fc.constantFrom<FilterField>('duration', 'idle', 'hits'),
      op: fc.constantFrom<FilterOperator>('is', 'is_not', 'greater', 'less', 'in'),
      value: fc.integer({ min: 0, max: 400 }).map(String),
    })
    const filters = fc.record({
      match: fc.constantFrom('all' as const, 'any' as const),
      conditions: fc.array(condition, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(filters, fc.nat(400_000), fc.nat(400_000), (filter, start, later) => {
        const compiled = compileFilter(filter)
        const now = NOW - 200_000 + start
        const due = compiled.dueAt(visit, now)
        const then = Math.min(now + later, due - 1)
        if (then >= now) expect(compiled.matches(visit, then)).toBe(compiled.matches(visit, now))
      }),
      { numRuns: 5_000 },
    )
  })
})
