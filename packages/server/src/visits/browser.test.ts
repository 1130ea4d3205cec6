import { describe, expect, test } from 'vitest'
import { readBrowser } from './browser.ts'

describe('browsers', () => {
  test.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
      'Chrome 130',
      'desktop',
      false,
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari 17',
      'phone',
      false,
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
      'Firefox 128',
      'desktop',
      false,
    ],
  ])('W1 %s', (userAgent, browser, device, bot) => {
    expect(readBrowser(userAgent)).toMatchObject({ browser, device, bot })
  })
  test.each(['curl/8.5.0', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'HeadlessChrome/130.0', ''])(
    'W16 %j is a bot',
    (userAgent) => {
      expect(readBrowser(userAgent).bot).toBe(true)
    },
  )
  test('T4 anything may stand in the header', () => {
    for (const text of ['<script>', '\u0000', '%s'.repeat(5_000), '__proto__']) {
      expect(() => readBrowser(text)).not.toThrow()
    }
    expect(readBrowser('curl/8.5.0')).toBe(readBrowser('curl/8.5.0'))
  })
})
