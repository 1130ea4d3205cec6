import { expect, test } from 'vitest'
import { createFigures, type Section } from './figures.ts'
import { pageOf } from './page.ts'

const sectionOf = (fill: (figures: ReturnType<typeof createFigures>) => void): Section => {
  const figures = createFigures(() => {})
  fill(figures)
  const { rows, charts } = figures
  return {
    date: '2026-01-05',
    machine: 'a machine',
    seconds: 3,
    rows: [...rows],
    charts: [...charts],
  }
}
const PARTS = [
  { name: 'one', title: 'Part one', how: 'As it is.', why: 'It is small.' },
  { name: 'two', title: 'Part two', how: 'Otherwise.' },
]

test('what misses its budget is named with how far and why, what meets it is not', () => {
  const one = sectionOf(({ note }) => {
    note('size', '12 KB', { text: '≤ 10 KB', got: 12, most: 10 })
    note('rate', '15 a second', { text: '≥ 15', got: 15, least: 15 })
    note('share', '9 %', { text: '≥ 15 %', got: 9, least: 15 })
    note('lost', 'none', { text: '≤ 1', got: Number.NaN, most: 1 })
    note('wrong', '2', { text: '0', got: 2, most: 0 })
    note('told only', '3')
  })
  const page = pageOf({ parts: PARTS, now: { one }, before: {} })
  expect(page.slice(page.indexOf('## What is missed')).match(/^- .*/gm)).toEqual([
    '- **Part one.** size: 12 KB, budget ≤ 10 KB (20 % above); share: 9 %, budget ≥ 15 % (40 % below); lost: none, budget ≤ 1 (not measured); wrong: 2, budget 0 (not met). It is small.',
    '- **Part two** was not measured: `npm run bench -- two`.',
  ])
})

test('figures stand beside those that were committed last, and charts are shown', () => {
  const section = (value: string) =>
    sectionOf((figures) => {
      figures.note('size', value)
      figures.chart({
        id: 'growth',
        title: 'Growth',
        x: { label: 'x' },
        y: { label: 'y' },
        series: [],
      })
    })
  const sections = { one: section('12 KB'), two: section('1') }
  const page = pageOf({ parts: PARTS, now: sections, before: { one: section('11 KB') } })
  expect(page).toContain('| size | 12 KB | 11 KB |  |')
  expect(page).toContain('![Growth](charts/growth.svg)')
  expect(page).toContain('Nothing: every figure is within its budget.')
})
