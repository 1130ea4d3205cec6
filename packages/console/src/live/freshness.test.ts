import { describe, expect, test } from 'vitest'
import { type FreshnessFacts, freshnessOf, isOld } from './freshness.ts'

const facts = (part: Partial<FreshnessFacts>): FreshnessFacts => ({
  connected: true,
  everConnected: true,
  network: true,
  ageMs: 300,
  intervalMs: 250,
  ...part,
})

describe('freshness', () => {
  test('W3 the age of the data is said at every age', () => {
    expect(freshnessOf(facts({}))).toEqual({ kind: 'live', label: 'Live · 0.3 s' })
    expect(freshnessOf(facts({ ageMs: 6_000 }))).toEqual({ kind: 'old', label: '6 s old' })
    expect(freshnessOf(facts({ ageMs: 14_000 }))).toMatchObject({
      kind: 'stale',
      label: '14 s old',
    })
  })

  test('W3 a quiet list between two beats is live, not old', () => {
    expect(freshnessOf(facts({ ageMs: 2_300 })).kind).toBe('live')
  })

  test('W3 a lost connection is old at once, whatever the age', () => {
    expect(freshnessOf(facts({ connected: false })).kind).toBe('stale')
  })

  test('W3 no network and no connection yet have their own words', () => {
    expect(freshnessOf(facts({ network: false }))).toEqual({ kind: 'offline', label: 'Offline' })
    expect(freshnessOf(facts({ connected: false, everConnected: false })).label).toBe('Connecting…')
  })

  test('W3 a server that slowed its frames is busy, not old', () => {
    const busy = facts({ ageMs: 1_900, intervalMs: 2_000 })
    expect(freshnessOf(busy)).toEqual({ kind: 'busy', label: 'Every 2 s, busy' })
    expect(freshnessOf({ ...busy, ageMs: 6_000 }).kind).toBe('old')
  })

  test('W3 only stale and offline grey the screen', () => {
    expect(isOld(freshnessOf(facts({ ageMs: 6_000 })))).toBe(false)
    expect(isOld(freshnessOf(facts({ ageMs: 11_000 })))).toBe(true)
    expect(isOld(freshnessOf(facts({ network: false })))).toBe(true)
  })
})
