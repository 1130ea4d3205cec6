import { describe, expect, test } from 'vitest'
import { linkCss, refusedInCss } from './link-css.ts'
import { DEFAULT_STYLE } from './style.ts'

describe('C1 rules of a link’s own', () => {
  test.each([
    ['@import "//evil.example/a.css";', '@import'],
    ['@IMPORT url(x)', '@import'],
    ['.bar { background: url(//evil.example/?a) }', 'url()'],
    ['.bar { background: URL("x") }', 'url()'],
    ['.bar { background: u\\72l(//evil.example) }', 'url()'],
    ['.bar { background: \\75 rl(//evil.example) }', 'url()'],
    ['.bar { background: \\000075\\000072\\00006c(x) }', 'url()'],
    ['.bar { background: \\u\\rl(x) }', 'url()'],
    ['.bar { background: url/**/(x) }', 'url()'],
    ['.bar { background: image-set("a.png" 1x) }', 'image-set()'],
    ['.bar { background: -webkit-image-set(x) }', 'image-set()'],
    ['@font-face { font-family: x }', '@font-face'],
    ['/* an open comment @import', undefined],
    ['.launcher { border-radius: 8px }', undefined],
    ['.curly { width: calc(1px + 2px) }', undefined],
    ['.bar::after { content: "\\201C" }', undefined],
  ])('%s', (css, refused) => {
    expect(refusedInCss(css)).toBe(refused)
  })

  test('the owner’s rules come last, a plain button adds none', () => {
    expect(linkCss({ type: 'button', style: DEFAULT_STYLE }, DEFAULT_STYLE, [''])).toBe('')
    const quiet = { ...DEFAULT_STYLE, avatars: false }
    const css = linkCss({ type: 'tab', style: DEFAULT_STYLE }, quiet, ['.x{}'])
    expect(css).toContain('writing-mode')
    expect(css.indexOf('.avatar')).toBeLessThan(css.indexOf('.x{}'))
  })
})
