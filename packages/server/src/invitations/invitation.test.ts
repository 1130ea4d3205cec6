import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minutes, seconds } from '../time/clock.ts'
import {
  accept,
  decline,
  deliver,
  expire,
  fail,
  type Invitation,
  ignore,
  isDue,
  isOpen,
  keep,
  lapse,
  MOST_KEEPS,
  type Open,
  send,
  stepsToViewed,
  TERMS,
  type,
  type Viewed,
  view,
  withdraw,
  withdrawnBecause,
} from './invitation.ts'

const T0 = 1_000_000
const VIEWED_AT = T0 + seconds(30)

const viewed = (): Viewed => view(deliver(send(T0, TERMS), T0 + 100), VIEWED_AT, TERMS)
const mustKeep = (open: Viewed, now: number): Viewed => {
  const kept = keep(open, now, TERMS)
  if (!kept) throw new Error('Not kept')
  return kept
}

describe('the clock', () => {
  test('S46 sending and delivering start no clock for the reply', () => {
    expect(send(T0, TERMS).deadline).toBe(T0 + minutes(10))
    expect(deliver(send(T0, TERMS), T0 + seconds(50)).deadline).toBe(T0 + minutes(10))
  })

  test('S44 untouched, the deadline is exactly 2:00 after viewing', () => {
    expect(viewed().deadline).toBe(VIEWED_AT + 120_000)
  })

  test('I6 ignored not one millisecond before the deadline, and at it', () => {
    expect(ignore(viewed(), VIEWED_AT + 119_999)).toEqual(viewed())
    expect(ignore(viewed(), VIEWED_AT + 120_000).state).toBe('ignored')
  })

  test('I6 what was never viewed expires 10 minutes after sending, and is never ignored', () => {
    const delivered = deliver(send(T0, TERMS), T0 + seconds(1))
    expect(lapse(delivered, T0 + minutes(10) - 1)).toBe(delivered)
    expect(lapse(delivered, T0 + minutes(10))).toMatchObject({
      state: 'expired',
      reason: 'not_viewed',
    })
  })

  test('I6 a visit that is removed expires an unseen invitation at once', () => {
    expect(expire(send(T0, TERMS), T0 + 1, 'left')).toMatchObject({
      state: 'expired',
      reason: 'left',
    })
  })
})

describe('writing in the card', () => {
  test('I5 a keystroke holds the deadline to 60 s after it', () => {
    const typed = type(viewed(), VIEWED_AT + seconds(100), TERMS)
    expect(typed.deadline).toBe(VIEWED_AT + seconds(160))
    expect(typed.typedAt).toBe(VIEWED_AT + seconds(100))
  })

  test('I5 an early keystroke moves nothing, and never moves the deadline back', () => {
    const open = viewed()
    expect(type(open, VIEWED_AT + seconds(60), TERMS)).toBe(open)
    const later = type(open, VIEWED_AT + seconds(110), TERMS)
    expect(type(later, VIEWED_AT + seconds(90), TERMS)).toBe(later)
  })

  test('I5 writing holds it to at most 5 minutes after viewing', () => {
    let open = viewed()
    for (let at = 0; at < 300; at += 5) open = type(open, VIEWED_AT + seconds(at), TERMS)
    expect(open.deadline).toBe(VIEWED_AT + minutes(5))
  })

  test('I5 terms added by hand move that limit too', () => {
    let open = mustKeep(viewed(), VIEWED_AT + seconds(110))
    for (let at = 110; at < 420; at += 5) open = type(open, VIEWED_AT + seconds(at), TERMS)
    expect(open.deadline).toBe(VIEWED_AT + minutes(5) + TERMS.answer)
  })
})

describe('“Keep it open”', () => {
  test('I5 adds the full term in the last 20 seconds', () => {
    const kept = keep(viewed(), VIEWED_AT + seconds(100), TERMS)
    expect(kept).toMatchObject({ deadline: VIEWED_AT + seconds(240), keeps: 1 })
  })

  test('I5 adds nothing before them: two tabs asking add one term', () => {
    const kept = mustKeep(viewed(), VIEWED_AT + seconds(110))
    expect(keep(kept, VIEWED_AT + seconds(110), TERMS)).toBe(kept)
    const open = viewed()
    expect(keep(open, VIEWED_AT + seconds(100) - 1, TERMS)).toBe(open)
  })

  test('I5 is granted 10 times and no more', () => {
    let open = viewed()
    for (let times = 0; times < MOST_KEEPS; times++) open = mustKeep(open, open.deadline - 1)
    expect(open.deadline).toBe(VIEWED_AT + 11 * TERMS.answer)
    expect(keep(open, open.deadline - 1, TERMS)).toBeUndefined()
  })
})

describe('ends', () => {
  test('W11 a withdrawal within 5 s of sending is an undo', () => {
    expect(withdrawnBecause(send(T0, TERMS), T0 + seconds(5))).toBe('undone')
    expect(withdrawnBecause(send(T0, TERMS), T0 + seconds(5) + 1)).toBe('withdrawn')
  })

  test('I1 an answer carries when it was delivered and viewed', () => {
    expect(accept(viewed(), VIEWED_AT + 5)).toEqual({
      state: 'accepted',
      sentAt: T0,
      deliveredAt: T0 + 100,
      viewedAt: VIEWED_AT,
      endedAt: VIEWED_AT + 5,
    })
    expect(decline(viewed(), VIEWED_AT + 5).state).toBe('declined')
    expect(fail(send(T0, TERMS), T0 + 1, 'site_off')).toEqual({
      state: 'failed',
      reason: 'site_off',
      sentAt: T0,
      endedAt: T0 + 1,
    })
  })

  test('I7 whoever answers has seen it: missing acknowledgments are made up in order', () => {
    expect(stepsToViewed(send(T0, TERMS), VIEWED_AT, TERMS).map((step) => step.state)).toEqual([
      'delivered',
      'viewed',
    ])
    expect(stepsToViewed(viewed(), VIEWED_AT + 9, TERMS)).toEqual([])
  })
})

type Act = { wait: number; verb: 'deliver' | 'view' | 'type' | 'keep' | 'lapse' | 'withdraw' }

const act: fc.Arbitrary<Act> = fc.record({
  wait: fc.oneof(fc.constantFrom(0, 1, 119_999, 120_000, 20_000), fc.nat(200_000)),
  verb: fc.constantFrom('deliver', 'view', 'type', 'keep', 'lapse', 'withdraw'),
})

function does(open: Open, { verb }: Act, now: number): Invitation {
  if (verb === 'withdraw') return withdraw(open, now, 'withdrawn')
  if (verb === 'lapse' || isDue(open, now)) return lapse(open, now)
  if (verb === 'deliver' && open.state === 'sent') return deliver(open, now)
  if (verb === 'view') return stepsToViewed(open, now, TERMS).at(-1) ?? open
  if (open.state !== 'viewed') return open
  if (verb === 'type') return type(open, now, TERMS)
  return keep(open, now, TERMS) ?? open
}

/** Every state a history passes, with the moment it was reached. */
function history(acts: readonly Act[]): { now: number; state: Invitation }[] {
  let now = T0
  let state: Invitation = send(T0, TERMS)
  const passed: { now: number; state: Invitation }[] = [{ now, state }]
  for (const one of acts) {
    now += one.wait
    if (!isOpen(state)) break
    state = does(state, one, now)
    passed.push({ now, state })
  }
  return passed
}

const everyHistory = (holds: (passed: { now: number; state: Invitation }[]) => void) =>
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => holds(history(acts))),
    { numRuns: 2_000 },
  )

describe('every history', () => {
  test('I7 viewed_at is set once and never moves', () => {
    everyHistory((passed) => {
      const moments = passed.flatMap(({ state }) =>
        'viewedAt' in state && state.viewedAt !== undefined ? [state.viewedAt] : [],
      )
      expect(new Set(moments).size).toBeLessThanOrEqual(1)
    })
  })

  test('I5 the deadline of a viewed one never moves back and stays within its bounds', () => {
    everyHistory((passed) => {
      let before = 0
      for (const { state } of passed) {
        if (state.state !== 'viewed') continue
        const longest = Math.max(TERMS.answer, minutes(5)) + state.keeps * TERMS.answer
        expect(state.deadline).toBeGreaterThanOrEqual(Math.max(before, state.viewedAt + 120_000))
        expect(state.deadline).toBeLessThanOrEqual(state.viewedAt + longest)
        before = state.deadline
      }
    })
  })

  test('I6 ignored only if viewed and not before the deadline; expired only if never viewed', () => {
    everyHistory((passed) => {
      const end = passed.at(-1)
      const last = passed.at(-2)?.state
      if (!end || !last || !isOpen(last)) return
      if (end.state.state === 'ignored') {
        expect(last.state).toBe('viewed')
        expect(end.now).toBeGreaterThanOrEqual(last.deadline)
      }
      if (end.state.state === 'expired') {
        expect(last.state).not.toBe('viewed')
        expect(end.state.viewedAt).toBeUndefined()
      }
    })
  })
})
