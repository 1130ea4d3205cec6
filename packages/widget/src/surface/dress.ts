import type { Themes } from '@beckon/protocol/theme'

/** Puts a link's style on a part: variables only, never CSS text. */
export function dress(
  { style }: HTMLElement,
  { themes: { light, dark } }: { themes: Themes },
  isNight: boolean,
): void {
  const theme = dark && (isNight || !light) ? dark : light
  for (const name in theme) style.setProperty(`--bk-${name}`, theme[name] as string)
}
