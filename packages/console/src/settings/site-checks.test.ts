import type { SiteSignals } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { type CheckInput, checksOf } from './site-checks.ts'

const nothing: SiteSignals = {
  scriptFetchedAt: null,
  refusedOrigins: [],
  helloAt: null,
  lastHit: null,
}
const NOW = 1_000_000
const given = (over: Partial<CheckInput> = {}) =>
  Object.fromEntries(
    checksOf({
      signals: nothing,
      answeredMs: 41,
      publicUrl: 'https://chat.shop.example',
      origins: ['shop.example', '*.shop.example'],
      siteUrl: 'https://shop.example/',
      off: false,
      now: NOW,
      ...over,
    }).map((check) => [check.id, check]),
  )

describe('W18 the four checks', () => {
  test('W18 before anything came: reachable and allowed pass, the script is waited for', () => {
    const checks = given()
    expect(checks.reachable).toMatchObject({
      state: 'passed',
      text: 'It answers over HTTPS in 41 ms.',
    })
    expect(checks.allowed).toMatchObject({
      state: 'passed',
      text: 'Pages on shop.example may send hits. Subdomains too.',
    })
    expect(checks.loaded?.state).toBe('running')
    expect(checks.arrived?.state).toBe('later')
  })

  test('W18 a hit from an origin that is not allowed is named and can be allowed', () => {
    const refusedOrigins = [{ origin: 'https://www.other.example', at: 5, count: 2 }]
    expect(given({ signals: { ...nothing, refusedOrigins } }).allowed).toMatchObject({
      state: 'failed',
      allow: 'https://www.other.example',
    })
  })

  test('W18 a refused origin from before the last hit is no failure', () => {
    const signals = {
      ...nothing,
      refusedOrigins: [{ origin: 'https://x.example', at: 5, count: 1 }],
      lastHit: { at: 9, title: 'Shop', url: 'https://shop.example/' },
    }
    expect(given({ signals }).allowed?.state).toBe('passed')
  })

  test('W18 a script that was fetched and stays silent for 10 s names the policy line', () => {
    expect(given({ signals: { ...nothing, scriptFetchedAt: NOW - 9_000 } }).loaded?.state).toBe(
      'running',
    )
    expect(given({ signals: { ...nothing, scriptFetchedAt: NOW - 11_000 } }).loaded).toMatchObject({
      state: 'failed',
      line: 'script-src https://chat.shop.example; connect-src https://chat.shop.example wss://chat.shop.example',
    })
  })

  test('W18 a secure website with an insecure Beckon is told so', () => {
    expect(given({ publicUrl: 'http://chat.shop.example' }).loaded?.text).toContain('HTTPS')
  })

  test('W18 a site that is off says so', () => {
    expect(given({ off: true }).allowed?.state).toBe('failed')
  })

  test('W18 the first hit turns everything', () => {
    const signals = {
      ...nothing,
      helloAt: 8,
      lastHit: { at: 9, title: 'Shop', url: 'https://shop.example/' },
    }
    expect(Object.values(given({ signals })).map((check) => check.state)).toEqual(
      Array(4).fill('passed'),
    )
  })

  test('W18 a page without an origin cannot be allowed', () => {
    const refusedOrigins = [{ origin: 'null', at: 5, count: 1 }]
    const { allowed } = given({ signals: { ...nothing, refusedOrigins } })
    expect(allowed?.state).toBe('failed')
    expect(allowed?.allow).toBeUndefined()
  })

  test('W18 a wrong key is named', () => {
    const signals = { ...nothing, wrongKey: { key: 'st_old', at: 5 } }
    expect(given({ signals }).loaded).toMatchObject({ state: 'failed' })
    expect(given({ signals }).loaded?.text).toContain('st_old')
  })

  test('W18 visits of bots alone are told so', () => {
    expect(given({ signals: { ...nothing, helloAt: 5, botAt: 5 } }).arrived).toMatchObject({
      state: 'failed',
    })
  })
})
