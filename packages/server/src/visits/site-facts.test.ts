import { expect, test } from 'vitest'
import { NO_FACTS, together, withRefused, withTokenRefused } from './site-facts.ts'

test('W18 what nodes have seen of a site is one: the newest of each, counts added up', () => {
  const page = (at: number) => ({ at, title: `Page ${at}`, url: 'https://shop.example/' })
  let here = withRefused(NO_FACTS, 'https://a.example', 10)
  here = withRefused(here, 'https://b.example', 20)
  here = withTokenRefused(withRefused(here, 'https://a.example', 30), 'token_expired', 5)
  let there = withRefused(NO_FACTS, 'https://a.example', 25)
  there = withTokenRefused(withTokenRefused(there, 'token_not_signed', 6), 'token_not_signed', 7)
  here = { ...here, helloAt: 30, lastHit: page(29), wrongKey: { key: 'old', at: 4 } }
  there = { ...there, helloAt: 25, lastHit: page(31), scriptFetchedAt: 3, botAt: 8 }
  const all = together(here, there)
  expect(all).toEqual(together(there, here))
  expect(all).toMatchObject({
    scriptFetchedAt: 3,
    helloAt: 30,
    lastHit: { at: 31 },
    botAt: 8,
    wrongKey: { key: 'old' },
    identity: { verifiedAt: null, refused: { at: 7, code: 'token_not_signed', count: 3 } },
  })
  const origins = Object.fromEntries(all.refusedOrigins.map((one) => [one.origin, one]))
  expect(origins).toMatchObject({
    'https://a.example': { at: 30, count: 3 },
    'https://b.example': { at: 20, count: 1 },
  })
  expect(together(NO_FACTS, NO_FACTS)).toEqual(NO_FACTS)
})

test('W18 of refused origins the ten newest are kept', () => {
  let facts = NO_FACTS
  for (let n = 0; n < 15; n++) facts = withRefused(facts, `https://${n}.example`, n)
  expect(facts.refusedOrigins.map(({ at }) => at)).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5])
})
