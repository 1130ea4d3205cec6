import { expect, test } from 'vitest'
import { minutes, seconds } from './clock.ts'
import { fakeClock } from './fake-clock.ts'
import { createSharedClock } from './shared-clock.ts'

/** A database's time, and machines with clocks of their own. */
function machine(offset: number) {
  let real = 1_000_000
  const own = fakeClock(real + offset)
  const clock = createSharedClock({ own, passed: () => real - 900_000 })
  const fault = (error: unknown) => {
    throw error
  }
  return {
    own,
    clock,
    follow: () => clock.follow(async () => real, fault),
    async pass(ms: number) {
      real += ms
      own.advance(ms)
      await Promise.resolve()
    },
    real: () => real,
  }
}

test('R15 machines 90 s apart have one time, and measure it again every 30 s', async () => {
  for (const offset of [-90_000, 0, 90_000]) {
    const one = machine(offset)
    expect(one.clock.now()).toBe(one.real() + offset)
    await one.follow()
    expect(one.clock.now()).toBe(one.real())
    expect(one.clock.offsetMs + offset).toBe(0)
    await one.pass(minutes(5))
    expect(one.clock.now()).toBe(one.real())
  }
})

test('R15 R21 a machine whose clock is set back by an hour notices nothing', async () => {
  const one = machine(0)
  await one.follow()
  one.own.set(one.own.now() - minutes(60))
  expect(one.clock.now()).toBe(one.real())
  await one.pass(seconds(1))
  expect(one.clock.now()).toBe(one.real())
})

test('I21 time never goes back by little, and begins anew after a large step', async () => {
  let now = 500_000
  const own = fakeClock(now)
  const clock = createSharedClock({ own, passed: () => 0 })
  await clock.follow(
    async () => now,
    () => {},
  )
  expect(clock.now()).toBe(500_000)
  now -= 300
  own.advance(seconds(30))
  await Promise.resolve()
  await Promise.resolve()
  expect(clock.now()).toBe(500_000)
  now -= minutes(60)
  own.advance(seconds(30))
  await Promise.resolve()
  await Promise.resolve()
  expect(clock.now()).toBe(now)
})
