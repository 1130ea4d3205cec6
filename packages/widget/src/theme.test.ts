import type { LinkStyle } from '@beckon/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contrast, parse, type Rgb, type Theme, themeOf } from './theme.ts'

const style = (accent: string): LinkStyle => ({
  accent,
  corners: 'round',
  position: 'right',
  distance: 24,
  scheme: 'auto',
  onlineText: '',
  offlineText: '',
  title: '',
  greeting: '',
})
const between = (theme: Theme, one: `--bk-${string}`, other: `--bk-${string}`) =>
  contrast(numbers(theme[one]), numbers(theme[other]))

const numbers = (colour = '') =>
  colour.startsWith('#') ? parse(colour) : (colour.match(/\d+/g)?.map(Number) as unknown as Rgb)

const anyAccent = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('theme', () => {
  test('C1 whatever the accent, every text pair reads and every shape stands out', () => {
    fc.assert(
      fc.property(anyAccent, fc.boolean(), (accent, dark) => {
        const theme = themeOf(style(accent), dark)
        expect(between(theme, '--bk-on-accent', '--bk-accent')).toBeGreaterThanOrEqual(4.5)
        for (const ink of ['--bk-text', '--bk-text-2', '--bk-accent-text', '--bk-red'] as const) {
          expect(between(theme, ink, '--bk-panel'), ink).toBeGreaterThanOrEqual(4.5)
        }
        expect(between(theme, '--bk-text', '--bk-soft')).toBeGreaterThanOrEqual(4.5)
        expect(between(theme, '--bk-accent-text', '--bk-soft')).toBeGreaterThanOrEqual(4.5)
        expect(between(theme, '--bk-control', '--bk-panel')).toBeGreaterThanOrEqual(3)
        if (dark) expect(between(theme, '--bk-accent', '--bk-panel')).toBeGreaterThanOrEqual(3)
      }),
      { numRuns: 2000 },
    )
  })

  test('C1 a light accent gets near-black words, a deep one white', () => {
    expect(themeOf(style('#ffd400'), false)['--bk-on-accent']).toBe('rgb(20,24,22)')
    expect(themeOf(style('#1d5c47'), false)['--bk-on-accent']).toBe('rgb(255,255,255)')
  })

  test('T8 an accent that is no colour changes nothing but the colour', () => {
    const theme = themeOf(style('red;background:url(//x)'), false)
    expect(theme['--bk-accent']).toBe('rgb(0,0,0)')
    expect(JSON.stringify(theme)).not.toContain('url')
  })
})
