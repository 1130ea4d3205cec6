import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDueTimes } from './due-times.ts'

test('W3 finds exactly those whose moment has come, whatever was set or forgotten before', () => {
  const moment = fc.oneof(fc.nat(5_000), fc.constant(Number.POSITIVE_INFINITY))
  const step = fc.record({ who: fc.nat(9), at: fc.option(moment), now: fc.nat(6_000) })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const times = createDueTimes<number>()
      const plain = new Map<number, number>()
      for (const { who, at, now } of steps) {
        if (at === null) {
          times.forget(who)
          plain.delete(who)
        } else {
          times.set(who, at)
          plain.set(who, at)
        }
        const due = [...plain].filter(([, moment]) => moment <= now).map(([one]) => one)
        expect(times.due(now).sort()).toEqual(due.sort())
      }
    }),
  )
})
