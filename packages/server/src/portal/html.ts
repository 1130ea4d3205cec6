/** HTML that was made by `html` and nothing else. */
export type Html = { readonly html: string }

type Part = Html | string | number | readonly Html[]

const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')

const partOf = (part: Part): string => {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  if ('html' in part) return part.html
  return part.map((one) => one.html).join('')
}

/**
 * A template whose values are text: only what `html` itself made goes in as markup. There is no way
 * to mark a string as safe. Values belong into content or quoted attributes.
 */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html => ({
  html: strings.reduce((page, string, i) => page + partOf(parts[i - 1] as Part) + string),
})
