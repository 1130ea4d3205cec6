import { expect, test } from 'vitest'
import { linkParts } from './link-parts.ts'

test('C5 links in a text are found without the end of the sentence', () => {
  expect(linkParts('See https://shop.example/a?b=1, or http://x.example.')).toEqual([
    { text: 'See ' },
    { text: 'https://shop.example/a?b=1', href: 'https://shop.example/a?b=1' },
    { text: ', or ' },
    { text: 'http://x.example', href: 'http://x.example' },
    { text: '.' },
  ])
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'JAVASCRIPT://x', 'file:///etc', 'https://'])(
  'T4 %s is plain text',
  (text) => expect(linkParts(text)).toEqual([{ text }]),
)
