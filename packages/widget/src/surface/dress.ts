import type { LinkStyle } from '@beckon/protocol'
import { themeOf } from '../theme.ts'

/** Puts a link's style on a layer: variables and classes only, never CSS text. */
export function dress(layer: HTMLElement, style: LinkStyle, dark: boolean): void {
  for (const [name, value] of Object.entries(themeOf(style, dark))) {
    layer.style.setProperty(name, value)
  }
  layer.classList.toggle('dark', dark)
  layer.classList.toggle('left', style.position === 'left')
}
