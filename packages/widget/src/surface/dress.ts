import type { Theme } from '@beckon/protocol/theme'

/** Puts a link's style on a layer: variables only, never CSS text. */
export function dress({ style }: HTMLElement, theme: Theme | undefined): void {
  for (const name in theme) style.setProperty(`--bk-${name}`, theme[name] as string)
}
