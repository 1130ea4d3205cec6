import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLoopbackHost, originAllowed, originRuleFault } from './origin.ts'

describe('allowed origins', () => {
  const rows: [string | undefined, string, boolean][] = [
    // No scheme: both; no port: the default ones.
    ['https://shop.example', 'shop.example', true],
    ['http://shop.example', 'shop.example', true],
    ['https://shop.example:8443', 'shop.example', false],
    ['http://shop.example:443', 'shop.example', false],
    ['https://shop.example', 'https://shop.example', true],
    ['http://shop.example', 'https://shop.example', false],
    ['https://shop.example:8443', 'https://shop.example:8443', true],
    ['https://shop.example:8443', 'shop.example:8443', true],
    ['https://shop.example', 'shop.example:443', true],
    ['http://shop.example', 'shop.example:443', false],
    ['https://shop.example', 'https://shop.example/', true],
    ['https://shop.example', 'SHOP.Example', true],
    // By label.
    ['https://www.shop.example', 'shop.example', false],
    ['https://www.shop.example', '*.shop.example', true],
    ['https://a.b.shop.example', '*.shop.example', true],
    ['https://shop.example', '*.shop.example', false],
    ['https://evilshop.example', '*.shop.example', false],
    ['https://shop.example.evil.example', '*.shop.example', false],
    ['https://shop.example.evil.example', 'shop.example', false],
    ['https://xshop.example', 'shop.example', false],
    ['https://www.shop.example:8443', '*.shop.example:8443', true],
    ['http://www.shop.example', 'https://*.shop.example', false],
    // Loopback: any port, where no port is given.
    ['http://localhost:3000', 'localhost', true],
    ['http://127.0.0.1:5173', '127.0.0.1', true],
    ['http://127.0.0.1:5173', 'localhost', false],
    ['http://[::1]:8080', '[::1]', true],
    ['http://app.localhost:8080', '*.localhost', true],
    ['http://localhost:3000', 'localhost:4000', false],
    ['http://localhost.evil.example:3000', 'localhost', false],
    ['http://127.0.0.1.evil.example', '127.0.0.1', false],
    ['http://10.0.0.1:8080', '10.0.0.1', false],
    // What browsers never send as an origin.
    [undefined, 'shop.example', false],
    ['', 'shop.example', false],
    ['null', 'null', false],
    ['https://shop.example/', 'shop.example', false],
    ['https://shop.example/path', 'shop.example', false],
    ['https://shop.example.', 'shop.example', false],
    ['https://user@shop.example', 'shop.example', false],
    ['https://shop.example@evil.example', 'shop.example', false],
    ['https://evil.example#shop.example', 'shop.example', false],
    ['https://evil.example?shop.example', 'shop.example', false],
    ['HTTPS://shop.example', 'shop.example', false],
    ['https://SHOP.example', 'shop.example', false],
    ['https://shop.example:443', 'shop.example', false],
    ['https://shop.example\u0000', 'shop.example', false],
    ['https://shop.example ', 'shop.example', false],
    ['ftp://shop.example', 'shop.example', false],
    ['file://', 'shop.example', false],
    ['chrome-extension://abc', 'abc', false],
    ['javascript:shop.example', 'shop.example', false],
    ['https:shop.example', 'shop.example', false],
    ['//shop.example', 'shop.example', false],
    ['shop.example', 'shop.example', false],
    // International names, in the form browsers send.
    ['https://xn--bcher-kva.example', 'bücher.example', true],
    ['https://xn--bcher-kva.example', 'xn--bcher-kva.example', true],
    ['https://bücher.example', 'bücher.example', false],
    // Rules that are none.
    ['https://shop.example', '*', false],
    ['https://shop.example', '*.*', false],
    ['https://shop.example', '', false],
    ['https://shop.example', 'https://', false],
    ['https://shop.example', '*shop.example', false],
    ['https://shop.example', 'shop.*', false],
    ['https://shop.example', 'shop.example/path', false],
    ['https://shop.example', 'shop.example:99999', false],
    ['https://shop.example', 'shop.example:0', false],
    ['http://1.127.0.0.1', '*.127.0.0.1', false],
  ]
  test.each(rows)('T2 origin %j with rule %j: %j', (origin, rule, allowed) => {
    expect(originAllowed(origin, [rule])).toBe(allowed)
  })

  test('T2 an accepted host is the rule’s host or ends with a dot and it', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}[a-z0-9]$/)
    const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
    fc.assert(
      fc.property(
        host,
        host,
        fc.boolean(),
        fc.constantFrom('', ':8080', ':443'),
        (page, rule, star, port) => {
          const accepted = originAllowed(`https://${page}${port === ':443' ? '' : port}`, [
            `${star ? '*.' : ''}${rule}`,
          ])
          if (accepted) expect(star ? page.endsWith(`.${rule}`) : page === rule).toBe(true)
          if (accepted && port === ':8080') expect(isLoopbackHost(page)).toBe(true)
        },
      ),
      { numRuns: 10_000 },
    )
  })

  test('a rule that cannot be read says how to write one', () => {
    expect(originRuleFault('shop.*')).toContain('[scheme://]host[:port]')
    expect(originRuleFault('*.shop.example')).toBeUndefined()
  })
})
