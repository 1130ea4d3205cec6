import type { ArticleNode } from '@beckon/protocol'
import { type Html, html } from '../portal/html.ts'

type Element = Exclude<ArticleNode, string>

/** One template for each element: a tag is never a value. */
const ELEMENTS: Record<Element['tag'], (inner: Html[], element: Element) => Html> = {
  p: (inner) => html`<p>${inner}</p>`,
  h2: (inner) => html`<h2>${inner}</h2>`,
  h3: (inner) => html`<h3>${inner}</h3>`,
  h4: (inner) => html`<h4>${inner}</h4>`,
  ul: (inner) => html`<ul>${inner}</ul>`,
  ol: (inner, { start = 1 }) => html`<ol start="${start}">${inner}</ol>`,
  li: (inner) => html`<li>${inner}</li>`,
  blockquote: (inner) => html`<blockquote>${inner}</blockquote>`,
  pre: (inner) => html`<pre tabindex="0">${inner}</pre>`,
  hr: () => html`<hr>`,
  br: () => html`<br>`,
  table: (inner) => html`<div class="wide" tabindex="0"><table>${inner}</table></div>`,
  thead: (inner) => html`<thead>${inner}</thead>`,
  tbody: (inner) => html`<tbody>${inner}</tbody>`,
  tr: (inner) => html`<tr>${inner}</tr>`,
  th: (inner) => html`<th scope="col">${inner}</th>`,
  td: (inner) => html`<td>${inner}</td>`,
  strong: (inner) => html`<strong>${inner}</strong>`,
  em: (inner) => html`<em>${inner}</em>`,
  s: (inner) => html`<s>${inner}</s>`,
  code: (inner) => html`<code>${inner}</code>`,
  a: (inner, { href = '' }) => html`<a href="${href}" rel="noopener">${inner}</a>`,
}

/** An article’s body on the portal. */
export const bodyOf = (nodes: readonly ArticleNode[]): Html[] =>
  nodes.map((node) =>
    typeof node === 'string' ? html`${node}` : ELEMENTS[node.tag](bodyOf(node.inner), node),
  )
