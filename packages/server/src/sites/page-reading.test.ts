import { describe, expect, test } from 'vitest'
import type { Fetched } from '../outbound/outbound.ts'
import { readPage } from './page-reading.ts'

const SITE = { key: 'st_right', base: 'https://chat.example' }
const SNIPPET = '<script async src="https://chat.example/beckon.js" data-site="st_right"></script>'

const page = (
  body: string,
  headers: Fetched['headers'] = {},
  more: Partial<Fetched> = {},
): Fetched => ({ url: 'https://shop.example/', status: 200, headers, body, ...more })
const causesOf = (...given: Parameters<typeof page>) =>
  readPage(page(...given), SITE).map(({ cause }) => cause)
const under = (policy: string, body = SNIPPET) =>
  causesOf(body, { 'content-security-policy': policy })

describe('W18 reading a page', () => {
  test('W18 a page with the snippet is fine', () => {
    expect(causesOf(`<head>${SNIPPET}</head>`)).toEqual([])
    expect(
      causesOf("<script data-site=st_right async src='https://chat.example/beckon.js'></script>"),
    ).toEqual([])
  })

  test('W18 no snippet, one in a comment, and a tag manager that may add it', () => {
    expect(causesOf('<h1>Shop</h1>')).toEqual(['no_snippet'])
    expect(causesOf(`<!-- ${SNIPPET} -->`)).toEqual(['no_snippet'])
    expect(
      causesOf('<script src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script>'),
    ).toEqual(['tag_manager'])
  })

  test('W18 a snippet that a script of the page makes', () => {
    const made = `<script>var s = document.createElement('script'); s.src = "https://chat.example/beckon.js"; s.dataset.site = "st_right"</script>`
    expect(causesOf(made)).toEqual([])
  })

  test('W18 another key, another server, no key at all', () => {
    expect(readPage(page(SNIPPET.replace('st_right', 'st_old')), SITE)).toEqual([
      { cause: 'wrong_key', detail: 'st_old' },
    ])
    expect(readPage(page(SNIPPET.replace('chat.example', 'old.example')), SITE)).toEqual([
      { cause: 'other_server', detail: 'https://old.example' },
    ])
    expect(causesOf('<script src="https://chat.example/beckon.js"></script>')).toEqual([
      'wrong_key',
    ])
    // Of two snippets, the right one counts.
    expect(causesOf(SNIPPET.replace('st_right', 'st_old') + SNIPPET)).toEqual([])
  })

  test('W18 mixed content: the page is secure and the script is not', () => {
    const insecure = SNIPPET.replace('https:', 'http:')
    expect(causesOf(insecure)).toEqual(['mixed_content'])
    expect(causesOf(insecure, {}, { url: 'http://shop.example/' })).toEqual(['other_server'])
  })

  test('W18 the snippet waits for consent', () => {
    expect(causesOf(SNIPPET.replace('async', 'async data-consent="pending"'))).toEqual([
      'consent_pending',
    ])
  })

  test('W18 what is no page at all', () => {
    expect(causesOf(SNIPPET, {}, { status: 404 })).toEqual(['error_page'])
    expect(causesOf('{}', { 'content-type': 'application/json' })).toEqual(['not_a_page'])
  })

  test.each([
    ["default-src 'self'", ['policy_script', 'policy_connect']],
    ["script-src 'self' https://chat.example", []],
    ["script-src https://chat.example; connect-src 'self'", ['policy_connect']],
    ["script-src https://chat.example; connect-src 'self' https://chat.example", []],
    ["default-src 'none'; script-src https:; connect-src wss:", []],
    ['default-src https://*.example wss://*.example', []],
    ['script-src https://chat.example/beckon.js', []],
    ['script-src https://chat.example/scripts/', ['policy_script']],
    ['script-src https://chat.example:8443', ['policy_script']],
    ["script-src 'nonce-abc'", ['policy_nonce']],
    ["script-src 'nonce-abc' https://chat.example", []],
    ["script-src 'nonce-abc' 'strict-dynamic' https://chat.example", ['policy_nonce']],
    ["script-src-elem 'self'; script-src https://chat.example", ['policy_script']],
    ["img-src 'none'", []],
    // Two policies: both hold.
    ["script-src https:, script-src 'self'", ['policy_script']],
  ])('W18 under the policy %s', (policy, causes) => {
    expect(under(policy)).toEqual(causes)
  })

  test('W18 a nonce lets the snippet in, and a policy may stand in the page', () => {
    const withNonce = SNIPPET.replace('async', 'async nonce="abc"')
    expect(under("script-src 'nonce-abc' 'strict-dynamic'", withNonce)).toEqual([])
    const meta = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`
    expect(causesOf(meta + SNIPPET)).toEqual(['policy_script'])
  })

  test('W18 a page made to be slow is read in one walk', () => {
    const started = performance.now()
    for (const part of ['<!--', '<script ', '<script a="', '<meta x=', '<script a=b ']) {
      causesOf(part.repeat(150_000).slice(0, 1_000_000))
    }
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
