import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrived, type Limits, lost, removed, stopped, swept, type VisitState } from './visit.ts'

const limits: Limits = { graceMs: 10_000, idleMs: 900_000, removedMs: 60_000, readingMs: 300_000 }
const active: VisitState = { status: 'active' }
const stay = { navigatedAt: 0, readAt: 0, kept: false }

describe('the life of a visit', () => {
  test('W2 pending after the grace, not before', () => {
    const alone = lost(active, 1_000, 'silent')
    expect(swept(alone, stay, 10_999, limits)).toBe(alone)
    expect(swept(alone, stay, 11_000, limits)).toEqual({
      status: 'pending',
      reason: 'silent',
      since: 11_000,
    })
  })
  test('W2 a page within the grace makes it as if nothing had been', () => {
    expect(arrived(lost(active, 1_000, 'closed'))).toEqual(active)
  })
  test('W2 stopped by an agent: pending at once', () => {
    expect(stopped(active, 5, 'stopped')).toEqual({
      status: 'pending',
      reason: 'stopped',
      since: 5,
    })
  })
  test('W2 idle from the last navigation, connected or not', () => {
    expect(swept(active, stay, 899_999, limits)).toBe(active)
    expect(swept(active, stay, 900_000, limits)).toEqual({
      status: 'removed',
      reason: 'idle',
      goneAt: 960_000,
    })
    const pending = stopped(active, 5, 'closed')
    expect(swept(pending, { ...stay, navigatedAt: 100 }, 900_050, limits)).toBe(pending)
  })
  test('W2 an open invitation or chat keeps a visit', () => {
    expect(swept(active, { ...stay, kept: true }, 9_000_000, limits)).toBe(active)
  })
  test('W2 who reads is kept: a visible tab with input in the last 5 minutes', () => {
    const reading = { ...stay, readAt: 700_000 }
    expect(swept(active, reading, 999_999, limits)).toBe(active)
    expect(swept(active, reading, 1_000_000, limits).status).toBe('removed')
    expect(swept(active, reading, 950_000, { ...limits, readingMs: undefined }).status).toBe(
      'removed',
    )
    expect(swept(stopped(active, 5, 'closed'), reading, 950_000, limits).status).toBe('removed')
  })
  test('W2 removed by hand; gone a minute later', () => {
    const gone = removed(active, 'by_hand', 100, limits)
    expect(gone).toEqual({ status: 'removed', reason: 'by_hand', goneAt: 60_100 })
    expect(swept(gone, stay, 60_099, limits)).toBe(gone)
    expect(swept(gone, stay, 60_100, limits)).toEqual({ status: 'gone' })
  })
  test('removed is never pending or active again by itself', () => {
    const moves = fc.array(
      fc.tuple(fc.constantFrom('lost', 'stop', 'remove', 'sweep'), fc.nat(500_000)),
    )
    fc.assert(
      fc.property(moves, (steps) => {
        let state: VisitState = active
        let now = 0
        let over = false
        for (const [move, ms] of steps) {
          now += ms
          if (move === 'lost') state = lost(state, now, 'closed')
          if (move === 'stop') state = stopped(state, now, 'stopped')
          if (move === 'remove') state = removed(state, 'by_hand', now, limits)
          if (move === 'sweep') state = swept(state, stay, now, limits)
          const ended = state.status === 'removed' || state.status === 'gone'
          expect(over && !ended).toBe(false)
          over = ended
        }
      }),
    )
  })
})
