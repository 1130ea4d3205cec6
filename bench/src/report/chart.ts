/*
 * Line charts as SVG, drawn here because a picture of six lines needs no library. They carry both
 * colour schemes in themselves and are readable without colour: every line is named at its end.
 */

type Scale = 'linear' | 'log'
export type Axis = { label: string; scale?: Scale }
export type Series = { name: string; points: readonly (readonly [x: number, y: number])[] }
export type Chart = {
  /** Name of its file. */
  id: string
  title: string
  x: Axis
  y: Axis
  series: readonly Series[]
  /** A budget: nothing should be above it. */
  limit?: { at: number; name: string }
}

const WIDTH = 760
const HEIGHT = 380
const LEFT = 64
const RIGHT = 190
const TOP = 52
const BOTTOM = 56
/** Names at the ends of lines keep this far apart. */
const LINE_HEIGHT = 15
const COLORS = 7

const STYLE = `
  svg { --paper: #ffffff; --ink: #1f2430; --soft: #5d6675; --rule: #e3e6eb; --limit: #b42318;
        --c0: #0f6e56; --c1: #b4552d; --c2: #2f5fa8; --c3: #8a3f8f; --c4: #7a6a00; --c5: #43506b; --c6: #a12d52 }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #14171d; --ink: #e8eaee; --soft: #9aa3b2; --rule: #2b303a; --limit: #ff8a7a;
          --c0: #4cc9a0; --c1: #f0a277; --c2: #8ab4f8; --c3: #d79adb; --c4: #d8c65a; --c5: #a9b6d0; --c6: #f59db5 } }
  text { font: 12px system-ui, sans-serif; fill: var(--soft) }
  .title { font-size: 15px; font-weight: 600; fill: var(--ink) }
  .rule { stroke: var(--rule) }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round }
  .limit { stroke: var(--limit); stroke-dasharray: 5 4 }
  .limit-name { fill: var(--limit) }`

export function chartSvg({ title, x, y, series, limit }: Chart): string {
  const points = series.flatMap((one) => one.points)
  const across = axisOver(
    points.map(([at]) => at),
    x.scale ?? 'linear',
  )
  const up = axisOver(
    [...points.map(([, at]) => at), ...(limit ? [limit.at] : [])],
    y.scale ?? 'linear',
  )
  const px = (at: number) => round(LEFT + across.share(at) * (WIDTH - LEFT - RIGHT))
  const py = (at: number) => round(HEIGHT - BOTTOM - up.share(at) * (HEIGHT - TOP - BOTTOM))
  const right = WIDTH - RIGHT

  const rules = up.ticks.map(
    (at) =>
      `<line class="rule" x1="${LEFT}" x2="${right}" y1="${py(at)}" y2="${py(at)}"/>` +
      `<text x="${LEFT - 8}" y="${py(at) + 4}" text-anchor="end">${short(at)}</text>`,
  )
  const feet = across.ticks.map(
    (at) =>
      `<text x="${px(at)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${short(at)}</text>`,
  )
  const lines = series.map((one, n) => {
    const color = `var(--c${n % COLORS})`
    const path = one.points.map(([at, value]) => `${px(at)},${py(value)}`).join(' ')
    const dots = one.points
      .map(([at, value]) => `<circle cx="${px(at)}" cy="${py(value)}" r="3" fill="${color}"/>`)
      .join('')
    return `<polyline class="line" stroke="${color}" points="${path}"/>${dots}`
  })
  const ends = [
    ...series.flatMap(({ name, points: all }, n) => {
      const last = all.at(-1)
      return last ? [{ name, y: py(last[1]) + 4, mark: `style="fill:var(--c${n % COLORS})"` }] : []
    }),
    ...(limit ? [{ name: limit.name, y: py(limit.at) + 4, mark: 'class="limit-name"' }] : []),
  ]
  const names = apart(ends).map(
    (end) => `<text x="${right + 10}" y="${end.y}" ${end.mark}>${escaped(end.name)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}
</style>
<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="var(--paper)"/>
<text class="title" x="20" y="28">${escaped(title)}</text>
${rules.join('\n')}
${feet.join('\n')}
<text x="${(LEFT + right) / 2}" y="${HEIGHT - 14}" text-anchor="middle">${escaped(x.label)}</text>
<text x="${LEFT - 8}" y="${TOP - 12}" text-anchor="end">${escaped(y.label)}</text>
${limit ? `<line class="limit" x1="${LEFT}" x2="${right}" y1="${py(limit.at)}" y2="${py(limit.at)}"/>` : ''}
${lines.join('\n')}
${names.join('\n')}
</svg>
`
}

/** Where a value stands between the ends of an axis, 0 to 1, and the round values beside it. */
function axisOver(values: readonly number[], scale: Scale) {
  const most = Math.max(...values, scale === 'log' ? 1 : 0)
  if (scale === 'linear') {
    const ticks = roundSteps(most)
    const top = ticks.at(-1) ?? 1
    return { ticks, share: (at: number) => at / top }
  }
  const low = Math.floor(Math.log10(Math.max(1e-6, Math.min(...values.filter((at) => at > 0)))))
  const high = Math.max(low + 1, Math.ceil(Math.log10(most)))
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, n) => 10 ** (low + n)),
    share: (at: number) => (Math.log10(Math.max(at, 10 ** low)) - low) / (high - low),
  }
}

/** From 0 in about five steps of 1, 2 or 5 to at least that much. */
function roundSteps(most: number): number[] {
  const rough = (most || 1) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const count = Math.ceil((most || 1) / step - 1e-9)
  return Array.from({ length: count + 1 }, (_, n) => Number((n * step).toPrecision(12)))
}

/** Lines of text that do not stand on each other, in their order from the top. */
function apart<T extends { y: number }>(texts: readonly T[]): T[] {
  let free = Number.NEGATIVE_INFINITY
  return [...texts]
    .sort((a, b) => a.y - b.y)
    .map((text) => {
      const y = Math.max(text.y, free)
      free = y + LINE_HEIGHT
      return { ...text, y }
    })
}

const round = (value: number): number => Math.round(value * 10) / 10
const short = (value: number): string =>
  value >= 1e6
    ? `${value / 1e6} M`
    : value >= 1e4
      ? `${value / 1e3} k`
      : value.toLocaleString('en-GB')
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
