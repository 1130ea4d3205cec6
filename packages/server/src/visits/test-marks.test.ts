import type { AgentId, SiteId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { minutes } from '../time/clock.ts'
import { fakeClock } from '../time/fake-clock.ts'
import { createTestMarks } from './test-marks.ts'

const [shop, help] = ['shop', 'help'] as SiteId[] as [SiteId, SiteId]
const [ada, ben] = ['ada', 'ben'] as AgentId[] as [AgentId, AgentId]
const seen = { at: 1, title: 'Shop', url: 'https://shop.example/', bot: false }

test('W18 a test visit is found by its mark: its agent’s, on its site, while it is good', () => {
  const clock = fakeClock()
  const tests = createTestMarks(clock)
  const { query } = tests.of(shop, ada)
  const address = `https://shop.example/?a=1&${query}`
  expect(tests.of(shop, ada).query).toBe(query)
  expect(tests.of(shop, ben).query).not.toBe(query)

  expect(tests.seen(shop, 'https://shop.example/', seen)).toBe(false)
  expect(tests.seen(shop, 'https://shop.example/?beckon-test=guess', seen)).toBe(false)
  expect(tests.seen(help, address, seen)).toBe(false)
  expect(tests.of(shop, ada).seen).toBeUndefined()

  expect(tests.seen(shop, address, seen)).toBe(true)
  expect(tests.of(shop, ada).seen).toEqual(seen)
  expect(tests.of(shop, ben).seen).toBeUndefined()

  clock.advance(minutes(11))
  expect(tests.seen(shop, address, seen)).toBe(false)
  expect(tests.of(shop, ada).query).not.toBe(query)
})
