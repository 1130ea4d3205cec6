import { Clean } from 'typebox/value'
import { expect, test } from 'vitest'
import { readVisit, SharedVisit } from './shared-visit.ts'

const page = (id: string) => ({ id, at: 1, url: 'https://shop.example/', title: 'Start' })
const visit = () => ({
  type: 'visit',
  id: 'visit-1',
  siteId: 'site-1',
  version: 3,
  row: {
    who: { rung: 'ip', text: '203.0.113.1', verified: false },
    visitNumber: 1,
    title: 'Start',
    url: 'https://shop.example/',
    landingUrl: 'https://shop.example/',
    startedAt: 1,
    navigatedAt: 2,
    hits: 2,
    bot: false,
    tags: [{ name: 'vip', tint: 1 }],
  },
  state: { status: 'active' },
  hits: { 'node-a': 2 },
  pages: [page('one'), page('two')],
  tabs: [],
  privacy: 'returning',
  inputAt: 0,
  seenAt: 2,
  visitor: { id: 'v-1', attributes: { plan: 'club' }, visitCount: 1, firstSeenAt: 1 },
})

/** As a newer node may say it: more of everything, everywhere. */
const newer = () => {
  const said = visit()
  return JSON.parse(
    JSON.stringify({
      ...said,
      mood: 'new',
      row: {
        ...said.row,
        who: { ...said.row.who, icon: 1 },
        tags: [{ name: 'vip', tint: 1, by: 'x' }],
      },
      state: { status: 'pending', reason: 'closed', since: 5, lostAt: 4 },
      hits: { 'node-a': 2, 'not a node': 7 },
      pages: [{ ...page('one'), scrolled: 80 }, page('two')],
      visitor: { ...said.visitor, score: 9, mind: {} },
    }),
  )
}

test('what a newer node says beyond is left out, at every depth, as TypeBox would leave it out', () => {
  expect(readVisit(newer())).toEqual(Clean(SharedVisit, newer()))
  expect(readVisit(newer())).not.toEqual(newer())
  expect(readVisit(visit())).toEqual(visit())
})

test('a key named __proto__ changes nothing but is gone', () => {
  const said = JSON.parse(
    JSON.stringify(visit()).replace('"row":{', '"row":{"__proto__":{"bot":true},'),
  )
  const read = readVisit(said)
  expect(read && Object.hasOwn(read.row, '__proto__')).toBe(false)
  expect(read?.row.bot).toBe(false)
})

test('what does not fit is no visit', () => {
  expect(readVisit({ ...visit(), state: { status: 'asleep' } })).toBeUndefined()
})
