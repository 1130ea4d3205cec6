type Rgb = readonly [number, number, number]

/** Contrast by WCAG 2, 1 to 21, of two `#rrggbb` colours. */
export function contrastOf(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(rgb(one)), luminance(rgb(other))].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** The same hue, only as much darker or lighter as it takes to stand out from the paper. */
export function nearestPassing(colour: string, paper: string, need: number): string {
  const towards = luminance(rgb(paper)) > 0.18 ? 0 : 255
  const given = rgb(colour)
  for (let share = 0; share <= 1; share += 0.02) {
    const tried = hex(given.map((part) => part + (towards - part) * share) as unknown as Rgb)
    if (contrastOf(tried, paper) >= need) return tried
  }
  return hex([towards, towards, towards])
}

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text)

const rgb = (text: string): Rgb => {
  const number = Number.parseInt(text.slice(1), 16)
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255]
}

const hex = (colour: Rgb): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((value) => {
    const part = value / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
