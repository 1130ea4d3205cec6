import type { InvitationState } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { minutes } from '../time/clock.ts'
import { asksFirst, mayInviteUnasked } from './courtesy.ts'

const hours = (n: number) => minutes(60 * n)
const ended = (state: InvitationState, endedAt = 1_000) => ({ state, endedAt })

describe('W12 courtesy', () => {
  test('W12 after declined or ignored a person asks first, until the visitor accepts one', () => {
    expect(asksFirst([])).toBe(false)
    expect(asksFirst([ended('declined')])).toBe(true)
    expect(asksFirst([ended('ignored')])).toBe(true)
    expect(asksFirst([ended('accepted'), ended('declined')])).toBe(false)
    expect(asksFirst([ended('declined'), ended('accepted')])).toBe(true)
  })

  test('W12 what was taken back or never seen says nothing about the visitor', () => {
    for (const state of ['withdrawn', 'expired', 'failed'] as const) {
      expect(asksFirst([ended(state)]), state).toBe(false)
      expect(asksFirst([ended(state), ended('declined')]), state).toBe(true)
    }
  })

  test('W12 nothing goes out by itself for 24 h after a refusal, also when one was accepted since', () => {
    const quiet = { quietMs: hours(24) }
    const past = [ended('accepted', hours(2)), ended('ignored', hours(1))]
    expect(mayInviteUnasked(past, { now: hours(25) - 1, ...quiet })).toBe(false)
    expect(mayInviteUnasked(past, { now: hours(25), ...quiet })).toBe(true)
    expect(mayInviteUnasked([ended('withdrawn', hours(1))], { now: hours(2), ...quiet })).toBe(true)
    expect(mayInviteUnasked([], { now: 0, ...quiet })).toBe(true)
  })
})
