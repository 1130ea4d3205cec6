import { expect, test } from 'vitest'
import type { Store } from '../store/store.ts'
import { fakeClock } from '../time/fake-clock.ts'
import { createHistory } from './history.ts'
import type { Visit } from './live.ts'

const visit = { id: 'ada', visitor: {} } as Visit
const KEPT = 50_000

/** A store whose appends are answered when the test says so. */
function open() {
  const clock = fakeClock()
  const waiting: { resolve(): void; reject(error: Error): void }[] = []
  const faults: unknown[] = []
  const store = {
    engine: 'sqlite',
    append: () => new Promise<void>((resolve, reject) => waiting.push({ resolve, reject })),
  } as unknown as Store
  const history = createHistory({ store, clock, fault: (_, error) => faults.push(error) })
  history.start()
  let pages = 0
  return {
    clock,
    history,
    faults,
    view(count: number) {
      for (let n = 0; n < count; n++) {
        pages += 1
        const page = { id: `page-${pages}`, at: pages, url: '', title: '' }
        history.pageChanged(visit, page, 'fresh')
      }
    },
    async answer(how: 'resolve' | 'reject') {
      for (const one of waiting.splice(0)) one[how](new Error('away'))
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    },
    statements: () => waiting.length,
  }
}

test('R25 a database that is slow gets page views late, then the oldest are given up, counted, and memory is bounded', async () => {
  const { clock, history, view, answer, statements } = open()
  view(1_200)
  clock.advance(500)
  expect(statements()).toBe(3)
  view(KEPT + 700)
  clock.advance(500)
  // What is on its way, and what is kept for later.
  expect([history.waiting, history.dropped, history.stored]).toEqual([1_200 + KEPT, 700, 0])
  expect(statements()).toBe(3)
  await answer('resolve')
  expect([history.waiting, history.stored]).toEqual([KEPT, 1_200])
  clock.advance(500)
  await answer('resolve')
  expect([history.waiting, history.dropped, history.stored]).toEqual([0, 700, 1_200 + KEPT])
})

test('R12 what a database refuses is kept, and goes out once with the next batch', async () => {
  const { clock, history, faults, view, answer, statements } = open()
  view(900)
  clock.advance(500)
  await answer('reject')
  expect(faults).toHaveLength(1)
  expect([history.waiting, history.stored]).toEqual([900, 0])
  view(10)
  clock.advance(500)
  expect(statements()).toBe(2)
  await answer('resolve')
  expect([history.waiting, history.stored, history.dropped]).toEqual([0, 910, 0])
})
