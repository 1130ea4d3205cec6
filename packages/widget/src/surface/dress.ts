import type { LinkStyle } from '@beckon/protocol'
import type { Theme } from '@beckon/protocol/theme'

/** Puts a link's style on a layer: variables and classes only, never CSS text. */
export function dress(
  layer: HTMLElement,
  { position }: LinkStyle,
  { theme, dark }: { theme: Theme | undefined; dark: boolean },
): void {
  for (const name in theme) layer.style.setProperty(`--bk-${name}`, theme[name] as string)
  layer.classList.toggle('dark', dark)
  layer.classList.toggle('left', position === 'left')
}
