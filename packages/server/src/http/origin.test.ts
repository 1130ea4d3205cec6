import { describe, expect, test } from 'vitest'
import { isConsoleOrigin } from './origin.ts'

const host = 'chat.example.com'
const publicUrl = `https://${host}`

describe('T1 T14 the console’s origin', () => {
  const strangers = [
    undefined,
    '',
    'null',
    'http://chat.example.com',
    'https://chat.example.com:8443',
    'https://chat.example.com.',
    'https://chat.example.com.evil.com',
    'https://evil.com',
    'https://evilchat.example.com',
    'https://x.chat.example.com',
    'https://example.com',
    'https://chat.example.com@evil.com',
    'https://evil.com#chat.example.com',
    'HTTPS://chat.example.com',
    'https://chat.example.com/',
    'https://chat.example.com ',
    'https://xn--chat.example.com',
    'https://chat.example.co',
    'file://',
    'about:blank',
    'https://127.0.0.1',
    'http://localhost:4000',
  ]
  for (const origin of strangers) {
    test(`T1 “${origin}” is not ${publicUrl}`, () => {
      expect(isConsoleOrigin({ origin, host }, { publicUrl })).toBe(false)
    })
  }
  test('T1 only the public URL itself is', () => {
    expect(isConsoleOrigin({ origin: publicUrl, host }, { publicUrl })).toBe(true)
    expect(isConsoleOrigin({ origin: publicUrl, host }, { publicUrl: `${publicUrl}/` })).toBe(true)
  })

  const local: [string, string, boolean][] = [
    ['http://localhost:4000', 'localhost:4000', true],
    ['http://127.0.0.1:4000', '127.0.0.1:4000', true],
    ['http://[::1]:4000', '[::1]:4000', true],
    ['http://beckon.localhost:4000', 'beckon.localhost:4000', true],
    ['http://localhost:4000', '127.0.0.1:4000', false],
    ['http://localhost:4001', 'localhost:4000', false],
    ['https://localhost:4000', 'localhost:4000', false],
    ['http://evil.com', 'evil.com', false],
    ['http://localhost.evil.com:4000', 'localhost.evil.com:4000', false],
    ['null', 'localhost:4000', false],
  ]
  for (const [origin, at, ours] of local) {
    test(`T1 without a public URL ${origin} asking ${at} is ${ours ? 'ours' : 'not ours'}`, () => {
      expect(isConsoleOrigin({ origin, host: at }, {})).toBe(ours)
    })
  }
})
