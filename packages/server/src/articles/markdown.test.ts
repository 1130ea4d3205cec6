import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { html } from '../portal/html.ts'
import { bodyOf } from './body.ts'
import { plainText, readMarkdown } from './markdown.ts'

const shown = (text: string): string => html`${bodyOf(readMarkdown(text))}`.html

describe('Markdown of help articles', () => {
  test('paragraphs, headings, lists, tables, code and links', () => {
    const page = shown(
      '# One\n## Two\n#### Four\n\nA **b** *c* ~~d~~ `e`\nf  \ng\n\n- x\n- y\n\n3. z\n\n> q\n\n```\ncode <b>\n```\n\n---\n\n| h |\n|---|\n| c |\n\n[away](https://example.com/?a=1&b=2) [here](/portal/x)',
    )
    expect(page).toBe(
      '<h2>One</h2><h2>Two</h2><h4>Four</h4><p>A <strong>b</strong> <em>c</em> <s>d</s> <code>e</code>\nf<br>g</p><ul><li>x</li><li>y</li></ul><ol start="3"><li>z</li></ol><blockquote><p>q</p></blockquote><pre tabindex="0">code &lt;b&gt;\n</pre><hr><div class="wide" tabindex="0"><table><thead><tr><th scope="col">h</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table></div><p><a href="https://example.com/?a=1&amp;b=2" rel="noopener">away</a> <a href="/portal/x" rel="noopener">here</a></p>',
    )
  })

  test('T5 raw HTML is text, and a link leads to the web, mail, a telephone or this portal', () => {
    expect(shown('<script>alert(1)</script> <img src=x onerror=alert(1)>')).not.toMatch(
      /<(?!\/?p>)/,
    )
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//evil.example',
      'file:///etc/passwd',
    ]) {
      expect(shown(`[x](<${href}>)`)).not.toContain('href')
    }
    expect(shown('![x](https://example.com/x.png)')).not.toContain('<img')
  })

  test('T5 whatever is written, only our own elements come out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        for (const [, name] of shown(text).matchAll(/<\/?([a-z0-9]+)[^>]*>/g)) {
          expect(
            'p h2 h3 h4 ul ol li blockquote pre hr br div table thead tbody tr th td strong em s code a',
          ).toContain(name)
        }
        expect(shown(text)).not.toMatch(/<[^>]* on\w+=/)
      }),
    )
  })

  test('what is searched are the words alone', () => {
    expect(plainText('## Returns\n\n- *within* [30 days](https://example.com)')).toBe(
      'Returns within 30 days',
    )
  })
})
