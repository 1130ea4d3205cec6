import { expect, test, vi } from 'vitest'
import { answeredWithin } from './pause.ts'

const nothing = new Promise<string>(() => {})
const late = () => 'late'

test('R11 who gives no sign of life is given up after the time, who gives some later, and never none', async () => {
  vi.useFakeTimers()
  try {
    let signs = 0
    const patience = { ms: 2_000, mostMs: 10_000, signs: () => signs }
    const outcomes: string[] = []
    const wait = () => void answeredWithin(patience, nothing, late).then((it) => outcomes.push(it))

    wait()
    await vi.advanceTimersByTimeAsync(1_999)
    expect(outcomes).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(outcomes).toEqual(['late'])

    wait()
    for (let ms = 0; ms < 9_000; ms += 1_000) {
      signs += 1
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(outcomes).toEqual(['late'])
    signs += 1
    await vi.advanceTimersByTimeAsync(1_000)
    expect(outcomes).toEqual(['late', 'late'])

    expect(await answeredWithin(patience, Promise.resolve('answered'), late)).toBe('answered')
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('R10 while this process stands still, what waits to be read is not late', async () => {
  const patience = { ms: 80, mostMs: 8_000, signs: () => 0 }
  const answer = new Promise<string>((resolve) => setTimeout(() => resolve('answered'), 100))
  const asked = answeredWithin(patience, answer, late)
  const until = performance.now() + 120
  while (performance.now() < until);
  expect(await asked).toBe('answered')
})
