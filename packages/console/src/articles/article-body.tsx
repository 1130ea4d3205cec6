import type { ArticleNode } from '@beckon/protocol'
import { createElement, type ReactNode } from 'react'

/** An article’s body in the console’s own type; the tree names every element it may have. */
export const ArticleBody = ({ nodes }: { nodes: readonly ArticleNode[] }) => (
  <div className="flex flex-col gap-3 text-read [&_a]:text-accent-text [&_a]:underline [&_blockquote]:border-s-2 [&_blockquote]:border-line-strong [&_blockquote]:ps-3 [&_blockquote]:text-text-2 [&_code]:rounded-chip [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-small [&_h2]:text-title [&_h2]:font-semibold [&_h3]:font-semibold [&_h4]:font-medium [&_ol]:list-decimal [&_ol]:ps-5 [&_pre]:overflow-x-auto [&_pre]:rounded-item [&_pre]:bg-sunken [&_pre]:p-3 [&_pre]:font-mono [&_pre]:text-small [&_td]:border-b [&_td]:border-line [&_td]:p-1.5 [&_th]:border-b [&_th]:border-line-strong [&_th]:p-1.5 [&_th]:text-start [&_ul]:list-disc [&_ul]:ps-5">
    {nodes.map(drawn)}
  </div>
)

function drawn(node: ArticleNode, key: number): ReactNode {
  if (typeof node === 'string') return node
  const { tag, href, start, inner } = node
  const link = href && { href, target: '_blank', rel: 'noopener noreferrer' }
  return createElement(
    tag,
    { key, ...link, ...(start && { start }) },
    ...(inner.length > 0 ? inner.map(drawn) : []),
  )
}
