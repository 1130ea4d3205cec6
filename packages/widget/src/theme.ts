import type { LinkStyle } from '@beckon/protocol'

/*
 * The widget borrows the customer's colour. From one accent everything else follows, and whatever
 * follows is readable: each pair below reaches its WCAG contrast whatever accent was chosen.
 */

export type Theme = Readonly<Record<`--bk-${string}`, string>>

type Rgb = readonly [number, number, number]

const WHITE: Rgb = [255, 255, 255]
const INK: Rgb = [0x14, 0x18, 0x16]
const BLACK: Rgb = [0, 0, 0]
const NIGHT: Rgb = [0x17, 0x1a, 0x1a]
const TEXT_NEEDS = 4.5
const SHAPE_NEEDS = 3

const RADII = {
  sharp: ['4px', '3px', '4px'],
  soft: ['10px', '7px', '10px'],
  round: ['18px', '10px', '16px'],
}

export function themeOf(style: LinkStyle, dark: boolean): Theme {
  const given = parse(style.accent)
  const panel = dark ? mix(NIGHT, given, 0.1) : WHITE
  const accent = dark ? towards(given, panel, SHAPE_NEEDS) : given
  const soft = mix(panel, accent, dark ? 0.25 : 0.1)
  const [card, control, bubble] = RADII[style.corners]
  return {
    '--bk-panel': hex(panel),
    '--bk-accent': hex(accent),
    '--bk-on-accent': hex(readableOn(accent)),
    '--bk-accent-text': hex(towards(accent, soft, TEXT_NEEDS)),
    '--bk-soft': hex(soft),
    ...(dark
      ? {
          '--bk-text': '#eef2f0',
          '--bk-text-2': '#b0bab5',
          '--bk-line': '#303935',
          '--bk-control': '#75807b',
          '--bk-red': '#f6908d',
          '--bk-shadow': '0 16px 40px -8px rgb(0 0 0/.7),0 2px 8px rgb(0 0 0/.5)',
        }
      : {
          '--bk-text': '#1a201d',
          '--bk-text-2': '#59625d',
          '--bk-line': '#e1e6e3',
          '--bk-control': '#858d89',
          '--bk-red': '#b21920',
          '--bk-shadow': '0 16px 40px -8px rgb(20 24 22/.28),0 2px 8px rgb(20 24 22/.1)',
        }),
    '--bk-radius': card,
    '--bk-radius-control': control,
    '--bk-radius-bubble': bubble,
    '--bk-distance': `${style.distance}px`,
  } as Theme
}

/** White where it can be read, else near-black, else black: one of them always can. */
function readableOn(colour: Rgb): Rgb {
  return [WHITE, INK].find((ink) => contrast(ink, colour) >= TEXT_NEEDS) ?? BLACK
}

/** The colour, made lighter or darker just enough to stand out from its background. */
function towards(colour: Rgb, background: Rgb, needed: number): Rgb {
  const goal = luminance(background) > 0.18 ? BLACK : WHITE
  for (let share = 0; share < 1; share += 0.02) {
    const tried = lit(colour, goal, share)
    if (contrast(tried, background) >= needed) return tried
  }
  return goal
}

/** Scaling towards black, or towards the brightest shade of the same hue and then white. */
function lit(colour: Rgb, goal: Rgb, share: number): Rgb {
  if (goal === BLACK) return mix(colour, BLACK, share)
  const brightest = Math.max(...colour, 1)
  const shade = colour.map((part) => (part * 255) / brightest) as unknown as Rgb
  return share < 0.5 ? mix(colour, shade, share * 2) : mix(shade, WHITE, share * 2 - 1)
}

/** Contrast by WCAG 2: 1 (none) to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const mix = (one: Rgb, other: Rgb, share: number): Rgb =>
  one.map((part, at) => Math.round(part + ((other[at] ?? 0) - part) * share)) as unknown as Rgb

/** `#rrggbb` as three numbers; anything else is black, which is readable at least. */
export function parse(colour: string): Rgb {
  const parts = /^#(..)(..)(..)$/
    .exec(colour)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16))
  return parts?.every((part) => part >= 0) ? (parts as unknown as Rgb) : BLACK
}

const hex = (colour: Rgb): string =>
  `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`
