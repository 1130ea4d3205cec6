import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecesOf } from './links.ts'

describe('links in messages', () => {
  test('T4 http and https addresses become links, without the sentence’s punctuation', () => {
    expect(piecesOf('See https://a.example/x?y=1, then (http://b.example).')).toEqual([
      'See ',
      { href: 'https://a.example/x?y=1' },
      ', then (',
      { href: 'http://b.example' },
      ').',
    ])
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://',
    'HTTPS://[',
    'vbscript:x',
    '//a.example',
  ])('T4 %s stays text', (text) => expect(piecesOf(text)).toEqual([text]))

  test('T4 nothing is lost or added, whatever the text', () => {
    const text = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('https://a.b/', 'http://', ' ', ').')),
    )
    fc.assert(
      fc.property(text, (parts) => {
        const said = parts.join('')
        const pieces = piecesOf(said).map((piece) =>
          typeof piece === 'string' ? piece : piece.href,
        )
        expect(pieces.join('')).toBe(said)
      }),
    )
  })
})
