import { setImmediate as turn } from 'node:timers/promises'
import type fc from 'fast-check'
import type { Store } from '../../src/store/store.ts'

export type ScheduledStore = Store & {
  /** Does it with everything that asks the store meanwhile waiting until the scheduler lets it go on. */
  interleaved(scheduler: fc.Scheduler, work: () => Promise<unknown>): Promise<void>
}

/**
 * A store whose questions are let in one by one, and whose answers are let out one by one, in an
 * order that fast-check chooses: so every two things that go on at once meet at every await.
 */
export function scheduledStore(store: Store): ScheduledStore {
  let scheduler: fc.Scheduler | undefined
  let underWay = 0
  /** Works are answered in the order of their commits, as in the product. */
  let answered: Promise<unknown> = Promise.resolve()

  async function inTurn<T>(what: string, work: () => Promise<T>): Promise<T> {
    await scheduler?.schedule(Promise.resolve(), what)
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
      if (what === 'read') await scheduler?.schedule(Promise.resolve(), 'read answered')
      else {
        const before = answered
        answered = before.then(() => scheduler?.schedule(Promise.resolve(), 'commit answered'))
        await answered
      }
    }
  }

  /** Nothing goes on that does not wait for its turn. */
  async function quiet(): Promise<void> {
    do await turn()
    while (underWay > 0)
    // What the answer led to.
    await turn()
  }

  return {
    ...store,
    read: (query) => inTurn('read', () => store.read(query)),
    commit: (work, how) => inTurn('commit', () => store.commit(work, how)),
    async interleaved(by, work) {
      scheduler = by
      let done = false
      const doing = work().finally(() => {
        done = true
      })
      doing.catch(() => {})
      try {
        for (;;) {
          await quiet()
          if (by.count() > 0) await by.waitOne()
          else if (done) break
        }
        await doing
      } finally {
        scheduler = undefined
      }
    },
  }
}
