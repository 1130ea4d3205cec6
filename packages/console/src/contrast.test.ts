import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Recomputes UI §2.1: every pair of ink and paper that occurs, in both themes, from the token file. */

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const block = (selector: string): Record<string, string> => {
  const start = css.indexOf(`\n${selector} {`)
  const body = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]),
  )
}
const light = block(':root,\n.light')
const themes = { light, dark: { ...light, ...block('.dark') } }

const channel = (value: number) => {
  const part = value / 255
  return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(hex.slice(at, at + 2), 16)),
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (one: string, other: string) => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const PAPERS = ['surface', 'canvas', 'sunken', 'hover', 'accent-soft']
const HUES = ['green', 'amber', 'red', 'violet', 'sky', 'gray']
const pairs: [ink: string, papers: string[], need: number][] = [
  ['text', [...PAPERS, 'popover', 'note'], 4.5],
  ['text-2', [...PAPERS, 'popover', 'note'], 4.5],
  ['text-3', [...PAPERS, 'popover'], 4.5],
  ['accent-text', [...PAPERS, 'popover'], 4.5],
  ['on-accent', ['accent', 'accent-hover'], 4.5],
  ['control', PAPERS, 3],
  ['focus', PAPERS, 3],
  ...HUES.map((hue): [string, string[], number] => [
    `${hue}-text`,
    [...PAPERS, `${hue}-soft`],
    4.5,
  ]),
  ...HUES.map((hue): [string, string[], number] => [hue, PAPERS, 3]),
  ['toast-text', ['toast'], 4.5],
  ['toast-second', ['toast'], 4.5],
  ['toast-action', ['toast'], 4.5],
  ['code-text', ['code'], 4.5],
  ['code-tag', ['code'], 4.5],
  ['code-value', ['code'], 4.5],
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((n): [string, string[], number] => [
    `tint-${n}-ink`,
    [`tint-${n}`],
    4.5,
  ]),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((n): [string, string[], number] => [`site-${n}`, PAPERS, 3]),
]

describe.each(Object.entries(themes))('UI 2.1 contrast, %s', (_theme, tokens) => {
  test.each(pairs)('%s reads on %j at %d : 1 or more', (ink, papers, need) => {
    for (const paper of papers) {
      const value = contrast(tokens[ink] ?? '#000000', tokens[paper] ?? '#000000')
      expect(value, `${ink} on ${paper}`).toBeGreaterThanOrEqual(need)
    }
  })
})
