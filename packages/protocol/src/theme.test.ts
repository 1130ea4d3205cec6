import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LinkStyle } from './style.ts'
import { contrast, parse, type Rgb, type Theme, themeOf, themesOf } from './theme.ts'

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
const between = (theme: Theme, one: string, other: string) =>
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
        expect(between(theme, 'on-accent', 'accent')).toBeGreaterThanOrEqual(4.5)
        for (const ink of ['text', 'text-2', 'accent-text', 'red']) {
          expect(between(theme, ink, 'panel'), ink).toBeGreaterThanOrEqual(4.5)
        }
        expect(between(theme, 'text', 'soft')).toBeGreaterThanOrEqual(4.5)
        expect(between(theme, 'accent-text', 'soft')).toBeGreaterThanOrEqual(4.5)
        expect(between(theme, 'control', 'panel')).toBeGreaterThanOrEqual(3)
        if (dark) expect(between(theme, 'accent', 'panel')).toBeGreaterThanOrEqual(3)
      }),
      { numRuns: 2000 },
    )
  })

  test('C1 a light accent gets near-black words, a deep one white', () => {
    expect(themeOf(style('#ffd400'), false)['on-accent']).toBe('rgb(20,24,22)')
    expect(themeOf(style('#1d5c47'), false)['on-accent']).toBe('rgb(255,255,255)')
  })

  test('C1 a style that keeps to one scheme sends no other', () => {
    expect(themesOf({ ...style('#1d5c47'), scheme: 'dark' }).light).toBeUndefined()
    expect(Object.keys(themesOf(style('#1d5c47')))).toEqual(['light', 'dark'])
  })

  test('T8 an accent that is no colour changes nothing but the colour', () => {
    const theme = themeOf(style('red;background:url(//x)'), false)
    expect(theme.accent).toBe('rgb(0,0,0)')
    expect(JSON.stringify(theme)).not.toContain('url')
  })
})
