/** Allowed origins as people edit them: one a line. */
export const linesOf = (origins: readonly string[]): string => origins.join('\n')

export const originsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((line) => line.trim().replace(/\/+$/, ''))
      .filter(Boolean),
  ),
]

/** The first line that is no origin, with how to mend it. The server looks again. */
export function originProblem(text: string): string | undefined {
  for (const origin of originsIn(text)) {
    if (/\s/.test(origin)) return `“${origin}” has a space in it.`
    if (origin.replace(/^[a-z]+:\/\//i, '').includes('/')) {
      return `Leave out the path of “${origin}”: whole origins are allowed, not single pages.`
    }
    if (!/^([a-z]+:\/\/)?(\*\.)?(\[[0-9a-f:]+\]|[^\s/:*]+)(:\d{1,5})?$/i.test(origin)) {
      return `“${origin}” is no origin. Write shop.example, https://shop.example or *.shop.example.`
    }
  }
  return undefined
}
