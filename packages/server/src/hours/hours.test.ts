import type { Hours, OpenSpan } from '@beckon/protocol'
import { hoursProblem } from '@beckon/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOpen, openNow, opensAt } from './hours.ts'

const at = (moment: string) => Date.parse(moment)
const said = (moment: number | undefined) => moment && new Date(moment).toISOString()
const NINE_TO_FIVE: OpenSpan[] = [{ from: 540, to: 1_020 }]
const office = (more: Partial<Hours> = {}): Hours => ({
  timeZone: 'Europe/Lisbon',
  week: [...Array(5).fill(NINE_TO_FIVE), [], []],
  holidays: [],
  ...more,
})
const everyDay = (timeZone: string, ...open: OpenSpan[]): Hours => ({
  timeZone,
  week: Array(7).fill(open),
  holidays: [],
})

describe('C10 business hours', () => {
  test('C10 open within the hours of the day, on the clocks of the department', () => {
    // Wednesday; Lisbon is at UTC in winter and an hour ahead in summer.
    expect(isOpen(office(), at('2026-01-07T08:59:59Z'))).toBe(false)
    expect(isOpen(office(), at('2026-01-07T09:00:00Z'))).toBe(true)
    expect(isOpen(office(), at('2026-01-07T16:59:59Z'))).toBe(true)
    expect(isOpen(office(), at('2026-01-07T17:00:00Z'))).toBe(false)
    expect(isOpen(office(), at('2026-07-08T08:00:00Z'))).toBe(true)
    expect(isOpen(null, 0)).toBe(true)
  })

  test('C10 opens again: later today, tomorrow, after the weekend, after a holiday, never', () => {
    expect(said(opensAt(office(), at('2026-01-07T05:00:00Z')))).toBe('2026-01-07T09:00:00.000Z')
    expect(said(opensAt(office(), at('2026-01-07T20:00:00Z')))).toBe('2026-01-08T09:00:00.000Z')
    expect(said(opensAt(office(), at('2026-01-09T20:00:00Z')))).toBe('2026-01-12T09:00:00.000Z')
    const holidays = [{ date: '2026-01-12', yearly: false, name: 'Stocktaking', open: [] }]
    expect(said(opensAt(office({ holidays }), at('2026-01-09T20:00:00Z')))).toBe(
      '2026-01-13T09:00:00.000Z',
    )
    expect(opensAt(office({ week: Array(7).fill([]) }), at('2026-01-09T20:00:00Z'))).toBeUndefined()
    expect(opensAt(office(), at('2026-01-07T10:00:00Z'))).toBeUndefined()
  })

  test('C10 a yearly holiday comes every year; one of a single year goes before it', () => {
    const christmas = { date: '2020-12-24', yearly: true, name: 'Christmas', open: [] }
    const short = { date: '2026-12-24', yearly: false, name: '', open: [{ from: 600, to: 720 }] }
    expect(isOpen(office({ holidays: [christmas] }), at('2026-12-24T10:30:00Z'))).toBe(false)
    expect(isOpen(office({ holidays: [christmas, short] }), at('2026-12-24T10:30:00Z'))).toBe(true)
    expect(isOpen(office({ holidays: [christmas, short] }), at('2026-12-24T12:30:00Z'))).toBe(false)
  })

  test('C10 clocks are set: an hour that is left out opens when they have jumped', () => {
    // Berlin, 29 March 2026: from 02:00 (UTC+1) to 03:00 (UTC+2), at 01:00 UTC.
    const night = everyDay('Europe/Berlin', { from: 150, to: 240 })
    expect(said(opensAt(night, at('2026-03-29T00:30:00Z')))).toBe('2026-03-29T01:00:00.000Z')
    expect(isOpen(night, at('2026-03-29T01:59:59Z'))).toBe(true)
    expect(isOpen(night, at('2026-03-29T02:00:00Z'))).toBe(false)
    const within = everyDay('Europe/Berlin', { from: 135, to: 165 })
    expect(said(opensAt(within, at('2026-03-29T00:30:00Z')))).toBe('2026-03-30T00:15:00.000Z')
  })

  test('C10 clocks are set back: an hour that comes twice is open all the time', () => {
    // Berlin, 25 October 2026: from 03:00 (UTC+2) to 02:00 (UTC+1), at 01:00 UTC.
    const night = everyDay('Europe/Berlin', { from: 150, to: 165 })
    expect(said(opensAt(night, at('2026-10-24T23:00:00Z')))).toBe('2026-10-25T00:30:00.000Z')
    expect(isOpen(night, at('2026-10-25T01:10:00Z'))).toBe(true)
    expect(openNow(night, at('2026-10-25T00:30:00Z'))).toEqual({
      open: true,
      changesAt: at('2026-10-25T01:45:00Z'),
    })
  })

  test('C10 what goes on at midnight goes on, and what never ends never changes', () => {
    const late = everyDay('Europe/Lisbon', { from: 0, to: 120 }, { from: 1_200, to: 1_440 })
    expect(said(openNow(late, at('2026-01-07T21:00:00Z')).changesAt)).toBe(
      '2026-01-08T02:00:00.000Z',
    )
    expect(openNow(everyDay('UTC', { from: 0, to: 1_440 }), 0)).toEqual({ open: true })
  })

  test('C10 it opens at exactly the moment that is told, in every place and season', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 1, max: 300 }))
      .map(([from, length]): OpenSpan => ({ from, to: Math.min(1_440, from + length) }))
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
    const hours: fc.Arbitrary<Hours> = fc.record({
      timeZone: fc.constantFrom(...zones, 'America/Santiago', 'Pacific/Apia', 'UTC'),
      week: fc.array(fc.array(span, { maxLength: 1 }), { minLength: 7, maxLength: 7 }),
      holidays: fc.constant<Hours['holidays']>([]),
    })
    const moment = fc.integer({ min: at('2026-01-01'), max: at('2027-01-01') })
    fc.assert(
      fc.property(hours, moment, (hours, now) => {
        const { open, changesAt } = openNow(hours, now)
        expect(open).toBe(isOpen(hours, now))
        if (changesAt === undefined) return
        expect(changesAt).toBeGreaterThan(now)
        expect(isOpen(hours, changesAt)).toBe(!open)
        for (let part = 1; part < 20; part++) {
          const between = now + Math.floor(((changesAt - now) * part) / 20)
          expect(isOpen(hours, between)).toBe(open)
        }
        expect(isOpen(hours, changesAt - 1)).toBe(open)
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    [office({ timeZone: 'Mars/Olympus' }), 'no time zone'],
    [everyDay('UTC', { from: 600, to: 600 }), 'ends before it begins'],
    [everyDay('UTC', { from: 600, to: 700 }, { from: 700, to: 720 }), 'touch or overlap'],
    [
      office({ holidays: [{ date: '2026-02-30', yearly: false, name: '', open: [] }] }),
      'no day 2026-02-30',
    ],
    [
      office({
        holidays: ['2025-05-01', '2026-05-01'].map((date) => ({
          date,
          yearly: true,
          name: '',
          open: [],
        })),
      }),
      'listed twice',
    ],
  ])('C10 hours that cannot be are refused with a sentence: %#', (hours, sentence) => {
    expect(hoursProblem(hours)).toContain(sentence)
    expect(hoursProblem(office())).toBeUndefined()
  })
})
