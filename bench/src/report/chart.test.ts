import { expect, test } from 'vitest'
import { chartSvg } from './chart.ts'

const numbers = (svg: string, attribute: string) =>
  [...svg.matchAll(new RegExp(`<circle[^>]*${attribute}="([\\d.]+)"`, 'g'))].map((found) =>
    Number(found[1]),
  )

test('a larger value stands higher and further right, on both scales', () => {
  for (const scale of ['linear', 'log'] as const) {
    const svg = chartSvg({
      id: 'growth',
      title: 'Growth',
      x: { label: 'visitors', scale },
      y: { label: 'ms', scale },
      series: [
        {
          name: 'p95',
          points: [
            [10, 1],
            [100, 5],
            [1_000, 90],
          ],
        },
      ],
    })
    const across = numbers(svg, 'cx')
    const down = numbers(svg, 'cy')
    expect(across).toEqual([...across].sort((a, b) => a - b))
    expect(down).toEqual([...down].sort((a, b) => b - a))
    expect(Math.max(...across)).toBeLessThanOrEqual(570)
    expect(Math.min(...down)).toBeGreaterThanOrEqual(52)
  }
})

test('names of lines that end at the same height are both readable, and nothing is markup', () => {
  const svg = chartSvg({
    id: 'growth',
    title: 'a < b & "c"',
    x: { label: 'x' },
    y: { label: 'y' },
    series: ['one', 'two'].map((name) => ({
      name,
      points: [
        [0, 4],
        [5, 4],
      ] as const,
    })),
    limit: { at: 4, name: 'budget' },
  })
  const heights = [...svg.matchAll(/<text x="580" y="([\d.]+)"/g)].map((found) => Number(found[1]))
  expect(heights).toHaveLength(3)
  for (let n = 1; n < 3; n++)
    expect((heights[n] ?? 0) - (heights[n - 1] ?? 0)).toBeGreaterThanOrEqual(15)
  expect(svg).toContain('a &lt; b &amp; &quot;c&quot;')
})
