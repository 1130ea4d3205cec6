import type { LinkStyle } from './style.ts'

/*
 * The widget borrows the customer's colour. From one accent everything else follows, and whatever
 * follows is readable: each pair below reaches its WCAG contrast whatever accent was chosen. It is
 * worked out by the server and by the console's previews, so that visitors load none of it.
 */

/** Values of the widget's CSS variables, which have these names behind `--bk-`. */
export type Theme = Readonly<Record<string, string>>

/** For each scheme that a style allows; `auto` allows both. */
export type Themes = { readonly light?: Theme; readonly dark?: Theme }

export type Rgb = readonly [number, number, number]

const WHITE: Rgb = [255, 255, 255]
const INK: Rgb = [0x14, 0x18, 0x16]
const BLACK: Rgb = [0, 0, 0]
const NIGHT: Rgb = [0x17, 0x1a, 0x1a]
export const TEXT_NEEDS = 4.5
const SHAPE_NEEDS = 3

const RADIUS = { sharp: 4, soft: 10, round: 18 }

const SHADOW = {
  light: '0 16px 40px -8px rgb(20 24 22/.28), 0 2px 8px rgb(20 24 22/.1)',
  dark: '0 16px 40px -8px rgb(0 0 0/.7)',
}

const INKS = {
  light: {
    text: '#1a201d',
    'text-2': '#59625d',
    line: '#e1e6e3',
    control: '#858d89',
    red: '#b21920',
  },
  dark: {
    text: '#eef2f0',
    'text-2': '#b0bab5',
    line: '#303935',
    control: '#75807b',
    red: '#f6908d',
  },
}

export const themesOf = (style: LinkStyle): Themes => ({
  light: style.scheme === 'dark' ? undefined : themeOf(style, false),
  dark: style.scheme === 'light' ? undefined : themeOf(style, true),
})

export function themeOf(style: LinkStyle, dark: boolean): Theme {
  const given = parse(style.accent)
  const distance = `${style.distance}px`
  const isLeft = style.position === 'left'
  const panel = dark ? mix(NIGHT, given, 0.1) : WHITE
  const accent = dark ? towards(given, panel, SHAPE_NEEDS) : given
  const soft = mix(panel, accent, dark ? 0.25 : 0.1)
  return {
    panel: css(panel),
    accent: css(accent),
    'on-accent': css(readableOn(accent, style.ink)),
    'accent-text': css(towards(accent, soft, TEXT_NEEDS)),
    soft: css(soft),
    ...(dark ? INKS.dark : INKS.light),
    scheme: dark ? 'dark' : 'light',
    shadow: dark ? SHADOW.dark : SHADOW.light,
    radius: `${RADIUS[style.corners]}px`,
    distance,
    // Where a window stands between the page's edges, and where when it has to move out of the way.
    side: isLeft ? `${distance} auto` : `auto ${distance}`,
    'other-side': isLeft ? `auto ${distance}` : `${distance} auto`,
  }
}

/** White where it can be read, else near-black, else black: one of them always can. */
function readableOn(colour: Rgb, wanted?: LinkStyle['ink']): Rgb {
  const inks = wanted === 'dark' ? [INK, BLACK, WHITE] : [WHITE, INK]
  return inks.find((ink) => contrast(ink, colour) >= TEXT_NEEDS) ?? BLACK
}

/** How well the text can be read that a style wants on its accent: 4.5 is enough. */
export function inkContrast({ accent, ink }: Pick<LinkStyle, 'accent' | 'ink'>): number {
  const given = parse(accent)
  if (ink === 'white') return contrast(WHITE, given)
  return ink === 'dark' ? contrast(BLACK, given) : contrast(readableOn(given), given)
}

/** The colour, made lighter or darker just enough to stand out from its background. */
function towards(colour: Rgb, background: Rgb, needed: number): Rgb {
  const isLight = luminance(background) > 0.18
  let tried = colour
  for (let share = 0; share <= 1 && contrast(tried, background) < needed; share += 0.02) {
    tried = isLight ? mix(colour, BLACK, share) : lit(colour, share)
  }
  return tried
}

/** Brighter by scaling first, which keeps the hue, and towards white in the end. */
const lit = (colour: Rgb, share: number): Rgb =>
  colour.map((part) =>
    Math.min(255, Math.round(part * (1 + 3 * share) + 255 * share ** 2)),
  ) as unknown as Rgb

/** Contrast by WCAG 2: 1 (none) to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const ratio = (luminance(one) + 0.05) / (luminance(other) + 0.05)
  return Math.max(ratio, 1 / ratio)
}

const luminance = ([r, g, b]: Rgb): number =>
  0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)

const linear = (part: number): number =>
  part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4

const mix = (one: Rgb, other: Rgb, share: number): Rgb =>
  one.map((part, at) => Math.round(part + ((other[at] ?? 0) - part) * share)) as unknown as Rgb

/** `#rrggbb` as three numbers; anything else is black, which is readable at least. */
export function parse(colour: string): Rgb {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return parts.every((part) => part >= 0) ? (parts as unknown as Rgb) : BLACK
}

const css = (colour: Rgb): string => `rgb(${colour})`
