import type { LinkType } from './link.ts'
import type { LinkStyle } from './style.ts'

/*
 * What a link adds to the rules of the widget: its type, and what its owner wrote. As with colours,
 * the server and the console's preview work it out, so that visitors load none of it.
 */

/** `launcher`: the link drawn at the edge, if any; `style`: in force. The owner's rules come last. */
export function linkCss(
  launcher: { type: LinkType; style: LinkStyle } | undefined,
  style: LinkStyle,
  own: readonly string[],
): string {
  const parts = [
    launcher?.type === 'tab' && tabCss(launcher.style.position === 'left'),
    style.avatars === false && '.card .avatar,.bar .avatar{display:none}',
    ...own,
  ]
  return parts.filter(Boolean).join('\n')
}

/** The launcher at the edge, with its words along it; what opens stands beside it. */
const tabCss = (isLeft: boolean): string => {
  const [outer, inner] = isLeft ? ['start', 'end'] : ['end', 'start']
  const beside = isLeft ? '48px auto' : 'auto 48px'
  return `
.launcher{inset-inline:auto;inset-inline-${outer}:0;bottom:auto;top:50%;translate:0 -50%;width:36px;height:auto;max-height:70dvh;gap:8px;padding:12px 0;
border-radius:0;border-start-${inner}-radius:var(--bk-radius);border-end-${inner}-radius:var(--bk-radius)}
.launcher:not([aria-expanded=true])::after{content:attr(title);writing-mode:vertical-rl;${isLeft ? 'rotate:180deg;' : ''}overflow:hidden;max-height:50dvh;font-weight:600;line-height:20px}
.launcher .icon{width:20px}
.badge{inset-inline:auto;inset-inline-${inner}:-9px}
.panel,.panel-stage .card{inset-inline:${beside};bottom:var(--bk-distance)}
.panel{height:min(600px,100dvh - 2*var(--bk-distance))}
`.trim()
}

/** A comment ends a name, an escape stands for a letter: neither may hide one of these. */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['@import', /@import/],
  ['url()', /url\(/],
  ['image-set()', /image-set\(/],
  ['src()', /\bsrc\(/],
  ['@font-face', /@font-face/],
]

/** What of it would fetch something from elsewhere, and so is refused; undefined: nothing. */
export function refusedInCss(css: string): string | undefined {
  const plain = css
    .replace(/\/\*[\s\S]*?(\*\/|$)/g, '')
    .replace(/\\([0-9a-f]{1,6})\s?|\\([\s\S])/gi, (_, code?: string, sign?: string) =>
      code ? letterOf(Number.parseInt(code, 16)) : (sign ?? ''),
    )
    .toLowerCase()
  return REFUSED.find(([, pattern]) => pattern.test(plain))?.[0]
}

const letterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '')
