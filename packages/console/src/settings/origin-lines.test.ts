import { expect, test } from 'vitest'
import { originProblem, originsIn } from './origin-lines.ts'

test('W18 origins are read one a line, each once, without a slash at the end', () => {
  expect(
    originsIn(' shop.example/\n\n*.shop.example\nshop.example, http://localhost:3000'),
  ).toEqual(['shop.example', '*.shop.example', 'http://localhost:3000'])
})

test.each([
  'shop.example',
  'https://shop.example:8443',
  '*.shop.example',
  '127.0.0.1',
  '[::1]:3000',
  '',
])('W18 “%s” may be allowed', (text) => expect(originProblem(text)).toBeUndefined())

test.each([
  ['shop.example/bikes', 'path'],
  ['my shop', 'space'],
  ['shop.*', 'is no origin'],
  ['a.example\n*.*.example', 'is no origin'],
])('W18 “%s” is refused with how to mend it', (text, words) => {
  expect(originProblem(text)).toContain(words)
})
