import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf } from './breakable.tsx'

test('W4 a long address breaks before its @ and dots, a URL behind its strokes', () => {
  expect(piecesOf('maria.rodriguez@mail.example')).toEqual([
    'maria',
    '.rodriguez',
    '@mail',
    '.example',
  ])
  expect(piecesOf('https://shop.example/a-b/?x=1&y')).toEqual([
    'https://',
    'shop',
    '.example/',
    'a-',
    'b/?',
    'x=',
    '1&',
    'y',
  ])
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z@./?&=_-]*$/), (word) => {
      expect(piecesOf(word).join('')).toBe(word)
    }),
  )
})
