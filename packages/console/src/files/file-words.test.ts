import { expect, test } from 'vitest'
import { fileProblem, sizeWords } from './file-words.ts'

test.each([
  [12, '12 B'],
  [999, '999 B'],
  [1_024, '1.0 KB'],
  [48_500, '47 KB'],
  [2_500_000, '2.4 MB'],
  [10_485_760, '10 MB'],
])('C7 %d bytes are told as %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})

test('C7 what can never be sent is said before anything is sent', () => {
  expect(fileProblem({ name: 'a.txt', size: 1 })).toBeUndefined()
  expect(fileProblem({ name: 'a.txt', size: 0 })).toContain('empty')
  expect(fileProblem({ name: 'a.mov', size: 30_000_000 })).toContain('29 MB')
})
