import { describe, expect, test } from 'vitest'
import { days, minutes, seconds } from '../time/clock.ts'
import { oneLine, readAddress, readPublicAddress } from './address.ts'
import { htmlOf } from './html.ts'
import type { Letter } from './letter.ts'
import { failureOf, nextTry } from './mail.ts'
import { plainOf } from './plain.ts'

describe('C4 when a mail is tried again', () => {
  const pauses = (chance: number) => {
    const all: number[] = []
    for (let tries = 1; ; tries++) {
      const at = nextTry(tries, 0, chance)
      if (at === undefined) return all
      all.push(at)
    }
  }
  test('C4 pauses double, and after about a day it has failed', () => {
    const [first, second] = pauses(1)
    expect([first, second]).toEqual([seconds(30), minutes(1)])
    for (const chance of [0, 0.5, 1]) {
      const sum = pauses(chance).reduce((all, one) => all + one, 0)
      expect(sum).toBeGreaterThan(days(0.3))
      expect(sum).toBeLessThan(days(1))
    }
  })
  test('C4 those that failed together are not tried together', () => {
    expect(nextTry(5, 0, 0)).toBe((nextTry(5, 0, 1) ?? 0) / 2)
  })
})

describe('C4 why a try did not work', () => {
  test.each([
    [{ code: 'EENVELOPE', responseCode: 550, response: '550 no such user' }, true, /no such user/],
    [{ code: 'EENVELOPE', responseCode: 451, response: '451 later' }, false, /later/],
    [{ code: 'EMESSAGE', responseCode: 554, response: '554 spam' }, true, /spam/],
    [{ code: 'EAUTH', responseCode: 535, response: '535 bad' }, false, /name and password/],
    [{ code: 'ESOCKET', message: 'connect ECONNREFUSED 127.0.0.1:25' }, false, /ECONNREFUSED/],
    [{ code: 'ETIMEDOUT', message: 'Greeting never received' }, false, /cannot be reached/],
    [new Error('odd'), false, /odd/],
    [undefined, false, /could not be sent/],
  ])('C4 %j', (error, final, words) => {
    const failure = failureOf(error)
    expect(failure.final).toBe(final)
    expect(failure.reason).toMatch(words)
  })
  test('T35 what a server says is one line of limited length', () => {
    const response = `550 a\r\nb\u001b[31m${'x'.repeat(1_000)}`
    const { reason } = failureOf({ code: 'EENVELOPE', responseCode: 550, response })
    expect(reason).not.toMatch(/\p{Cc}/u)
    expect(reason.length).toBeLessThan(260)
  })
})

describe('C4 addresses', () => {
  test.each([
    'kim@example.com',
    'kim.o’hara@example.com'.replace('’', "'"),
    'a+b@münchen.example',
    'ops@localhost',
  ])('C4 %s is one', (text) => expect(readAddress(` ${text} `)).toBe(text))
  test.each([
    '',
    'kim',
    'kim@',
    '@example.com',
    'a@b@c',
    'kim@example.com\nBcc: all@example.com',
    'kim@example.com, eve@example.com',
    'kim@example.com;eve@example.com',
    'Kim <kim@example.com>',
    '"a b"@example.com',
    'kim @example.com',
    '.kim@example.com',
    'kim@-example.com',
    'kim@example..com',
    `${'a'.repeat(65)}@example.com`,
    `kim@${'a.'.repeat(140)}com`,
  ])('C4 T10 “%s” is none', (text) => expect(readAddress(text)).toBeUndefined())
  test.each(['kim@localhost', 'kim@10.0.0.1', 'kim@example.c'])(
    'C4 %s is nobody on the internet',
    (text) => expect(readPublicAddress(text)).toBeUndefined(),
  )
  test('T10 a header is one line', () => {
    expect(oneLine('Hello\r\nBcc: eve@example.com\u2028x')).toBe('Hello Bcc: eve@example.com x')
    expect([...oneLine('😀'.repeat(300))]).toHaveLength(200)
  })
})

describe('T4 what stands in a letter stays text', () => {
  const hostile = `<img src=x onerror=alert(1)>"'&\u001b]0;x\u0007\u0000`
  const letter: Letter = {
    title: hostile,
    parts: [
      { part: 'text', text: hostile },
      { part: 'quote', text: hostile },
      { part: 'facts', facts: [[hostile, hostile]] },
      { part: 'said', who: hostile, at: hostile, text: hostile },
      { part: 'note', text: hostile },
      { part: 'link', text: hostile, url: 'https://chat.example.com/?a="&b=<' },
    ],
  }
  test('T4 in HTML', () => {
    const html = htmlOf(letter)
    expect(html).not.toMatch(/<img|onerror=alert\(1\)>|(?!\n)\p{Cc}/u)
    expect(html.match(/&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;/g)).toHaveLength(11)
    expect(html).toContain('href="https://chat.example.com/?a=&quot;&amp;b=&lt;"')
  })
  test('T4 in plain text nothing moves a terminal’s cursor', () => {
    expect(plainOf(letter)).not.toMatch(/(?!\n)\p{Cc}/u)
  })
  test('T34 nothing that somebody typed looks like another line of the letter', () => {
    const facts = [['Size\nDepartment: Sales', 'M\r\nDepartment: Sales']] as const
    const typed: Letter = { title: 'Kim\nleft', parts: [{ part: 'facts', facts }] }
    expect(plainOf(typed)).toBe('Kim left\n\nSize Department: Sales: M\n  Department: Sales\n')
  })
  test('T4 a link goes to the web only', () => {
    const link = { part: 'link', text: 'x', url: 'javascript:alert(1)' } as const
    expect(() => htmlOf({ title: '', parts: [link] })).toThrow()
  })
})
