/** The page without its comments. */
export const withoutComments = (html: string): string =>
  html
    .split('<!--')
    .map((part, at) => (at === 0 ? part : afterComment(part)))
    .join('')

const afterComment = (part: string): string => {
  const end = part.indexOf('-->')
  return end < 0 ? '' : part.slice(end + 3)
}

/**
 * Start tags of one name in a page's HTML. One walk through it: a page may be made to be slow to
 * read.
 */
export function tagsNamed(html: string, name: 'script' | 'meta'): string[] {
  const tags: string[] = []
  let at = html.indexOf('<')
  while (at >= 0) {
    let end = at + 1
    if (isTag(html, at, name)) {
      end = endOfTag(html, at)
      if (end < 0) break
      tags.push(html.slice(at, end + 1))
    }
    at = html.indexOf('<', end)
  }
  return tags
}

const isTag = (html: string, at: number, name: string): boolean =>
  html.slice(at + 1, at + 1 + name.length).toLowerCase() === name &&
  /[\s/>]/.test(html.charAt(at + 1 + name.length))

/** The `>` that is in no quoted value. */
function endOfTag(html: string, from: number): number {
  let quote = ''
  for (let at = from; at < html.length; at++) {
    const sign = html.charAt(at)
    if (quote) {
      if (sign === quote) quote = ''
    } else if (sign === '>') return at
    else if (sign === '"' || sign === "'") quote = sign
  }
  return -1
}

export function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  const value = found?.[1] ?? found?.[2] ?? found?.[3]
  return value
    ?.replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
}
