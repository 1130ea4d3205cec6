import { describe, expect, test } from 'vitest'
import { addressOf, readSiteAddress } from './site-address.ts'

describe('W18 the address of a website', () => {
  test.each([
    ['shop.example', ['shop.example', '*.shop.example'], 'https://shop.example/'],
    [
      'https://www.shop.example/start?x=1',
      ['shop.example', '*.shop.example'],
      'https://www.shop.example/',
    ],
    [
      'shop.example:8443',
      ['shop.example:8443', '*.shop.example:8443'],
      'https://shop.example:8443/',
    ],
    ['localhost:3000', ['localhost:3000'], 'http://localhost:3000/'],
    ['http://127.0.0.1:8080/a', ['127.0.0.1:8080'], 'http://127.0.0.1:8080/'],
    ['192.0.2.7', ['192.0.2.7'], 'https://192.0.2.7/'],
    [
      'münchen.example',
      ['xn--mnchen-3ya.example', '*.xn--mnchen-3ya.example'],
      'https://xn--mnchen-3ya.example/',
    ],
  ])('W18 %s is read', (typed, origins, url) => {
    expect(readSiteAddress(typed)).toMatchObject({ origins, url })
  })

  test.each(['', '  ', 'my shop', 'shop', 'ftp://shop.example x', 'https://'])(
    'W18 “%s” is no address',
    (typed) => expect(readSiteAddress(typed)).toBeUndefined(),
  )

  test('W18 the website opens at its first origin that is one address', () => {
    expect(addressOf(['*.shop.example', 'shop.example'])).toBe('https://shop.example')
    expect(addressOf(['localhost:3000'])).toBe('http://localhost:3000')
    expect(addressOf(['*.shop.example'])).toBeUndefined()
  })
})
