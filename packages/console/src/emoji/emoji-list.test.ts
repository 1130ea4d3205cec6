import { expect, test } from 'vitest'
import { EMOJI, findEmoji } from './emoji-list.ts'

test('C7 an emoji is found by the beginnings of its words', () => {
  expect(findEmoji('thu').map(({ sign }) => sign)).toEqual(['👍', '👎'])
  expect(findEmoji(' Thumbs UP ').map(({ sign }) => sign)).toEqual(['👍'])
  expect(findEmoji('')).toBe(EMOJI)
  expect(findEmoji('humbs')).toEqual([])
  expect(new Set(EMOJI.map(({ sign }) => sign)).size).toBe(EMOJI.length)
})
