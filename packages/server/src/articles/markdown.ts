import type { ArticleNode } from '@beckon/protocol'
import MarkdownIt, { type Token } from 'markdown-it'

/*
 * Markdown as a tree of a few elements. Portal and console make their own page of it, so no text of
 * an author ever becomes markup: raw HTML stays text, pictures are left out (the portal loads
 * nothing from elsewhere).
 */

type Element = Exclude<ArticleNode, string>
type Tag = Element['tag']

const reader = new MarkdownIt({ html: false, linkify: true }).disable('image')

/** Where a link may lead: the web, mail, telephone, and this portal. */
const SAFE = /^(https?:|mailto:|tel:|\/(?!\/)|#)/i

/** Elements by the name of their tokens; headings and links are made below. */
const TAGS: Record<string, Tag> = {
  paragraph: 'p',
  bullet_list: 'ul',
  ordered_list: 'ol',
  list_item: 'li',
  blockquote: 'blockquote',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  strong: 'strong',
  em: 'em',
  s: 's',
}
/** The title of the page is its only h1. */
const HEADINGS: Record<string, Tag> = { h1: 'h2', h2: 'h2', h3: 'h3' }

export const readMarkdown = (text: string): ArticleNode[] =>
  nodes({ tokens: reader.parse(text, {}), at: 0 })

type Reading = { readonly tokens: readonly Token[]; at: number }

/** Up to the end of the element that has begun. */
function nodes(reading: Reading): ArticleNode[] {
  const made: ArticleNode[] = []
  for (;;) {
    const token = reading.tokens[reading.at++]
    if (!token || token.nesting === -1) return made
    if (token.nesting === 1) made.push(...opened(token, nodes(reading)))
    else made.push(...alone(token))
  }
}

function opened(token: Token, inner: ArticleNode[]): ArticleNode[] {
  const name = token.type.slice(0, -'_open'.length)
  if (name === 'heading') return [{ tag: HEADINGS[token.tag] ?? 'h4', inner }]
  if (name === 'link') {
    const href = String(token.attrGet('href') ?? '')
    return SAFE.test(href) ? [{ tag: 'a', href, inner }] : inner
  }
  const tag = TAGS[name]
  // The items of a tight list hold their text without a paragraph.
  if (!tag || token.hidden) return inner
  const start = name === 'ordered_list' ? Number(token.attrGet('start') ?? 1) : 1
  return [{ tag, inner, ...(start !== 1 && { start }) }]
}

function alone({ type, content, children }: Token): ArticleNode[] {
  switch (type) {
    case 'inline':
      return nodes({ tokens: children ?? [], at: 0 })
    case 'softbreak':
      return ['\n']
    case 'hardbreak':
      return [{ tag: 'br', inner: [] }]
    case 'hr':
      return [{ tag: 'hr', inner: [] }]
    case 'code_inline':
      return [{ tag: 'code', inner: [content] }]
    case 'code_block':
    case 'fence':
      return [{ tag: 'pre', inner: [content] }]
    default:
      return content ? [content] : []
  }
}

/** The words alone, for searching. */
export const plainText = (text: string): string =>
  wordsOf(readMarkdown(text)).join(' ').replace(/\s+/g, ' ').trim()

const wordsOf = (some: readonly ArticleNode[]): string[] =>
  some.flatMap((node) => (typeof node === 'string' ? [node] : wordsOf(node.inner)))
