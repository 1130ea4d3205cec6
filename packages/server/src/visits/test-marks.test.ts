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

test('W18 a test is one on all nodes, whichever shows its mark and whichever is visited', () => {
  const clock = fakeClock()
  const [here, there] = [createTestMarks(clock), createTestMarks(clock)]
  const early = there.of(shop, ada).query
  here.onNews((test) => there.heard(structuredClone(test)))
  there.onNews((test) => here.heard(structuredClone(test)))
  const { query } = here.of(shop, ada)
  clock.advance(minutes(2))
  // Each knew a mark of its own before it heard of the other's; both come to show the same one.
  there.of(shop, ada)
  here.of(shop, ada)
  expect(there.of(shop, ada).query).toBe(here.of(shop, ada).query)
  for (const mark of [early, query]) {
    const found = { ...seen, at: clock.now() }
    expect(there.seen(shop, `https://shop.example/?${mark}`, found)).toBe(true)
    expect(here.of(shop, ada).seen).toEqual(found)
    clock.advance(1_000)
  }
})
