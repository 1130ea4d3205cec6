import { expect, test } from 'vitest'
import { createFigures } from './figures.ts'

test('what misses its budget is named with how far, what meets it is not', () => {
  const figures = createFigures(() => {})
  figures.note('size', '12 KB', { text: '≤ 10 KB', got: 12, most: 10 })
  figures.note('rate', '15 a second', { text: '≥ 15', got: 15, least: 15 })
  figures.note('share', '9 %', { text: '≥ 15 %', got: 9, least: 15 })
  figures.note('lost', 'none', { text: '≤ 1', got: Number.NaN, most: 1 })
  figures.note('told only', '3')
  expect(figures.missed().split('\n')).toEqual([
    '- size: 12 KB, budget ≤ 10 KB (20 % above).',
    '- share: 9 %, budget ≥ 15 % (40 % below).',
    '- lost: none, budget ≤ 1 (not measured).',
  ])
})
