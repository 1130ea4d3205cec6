import { describe, expect, test } from 'vitest'
import { onlineHistory, type Point } from './online-history.ts'

describe('online history', () => {
  test('W3 a day of readings stays half an hour of points, and the newest is always there', () => {
    let history: Point[] = []
    for (let at = 0; at <= 24 * 3_600_000; at += 2_000)
      history = onlineHistory(history, { at, online: at })
    expect(history.length).toBeLessThanOrEqual(240)
    expect(history.length).toBeGreaterThan(150)
    expect(history.at(-1)?.at).toBe(24 * 3_600_000)
    expect(history[0]?.at).toBeGreaterThan(23.49 * 3_600_000)
  })
})
