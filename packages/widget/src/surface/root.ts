import { baseCss } from './base-css.ts'

/*
 * A closed shadow root with one constructed sheet. Closed is hygiene, not secrecy: it keeps the
 * page's scripts and styles from meeting ours by accident. No <style> element and no style
 * attribute, which `style-src 'self'` would refuse.
 */

export type Layer = {
  /** What is drawn into. */
  readonly layer: HTMLElement
  readonly root: ShadowRoot
  /** Puts a link's own rules after all of ours. */
  own(css: string): void
}

export function openLayer(host: HTMLElement, css: string): Layer {
  const root = host.attachShadow({ mode: 'closed' })
  const last = addSheet(root, '')
  let before = ''
  addSheet(root, baseCss + css)
  const layer = addPart(root, 'layer')
  return {
    layer,
    root,
    own(css) {
      if (css !== before) last.replaceSync(css)
      before = css
    },
  }
}

export function addPart(parent: ParentNode, name: string): HTMLElement {
  const part = document.createElement('div')
  part.className = name
  parent.append(part)
  return part
}

/** Another part of the widget brings its own rules along. */
export function addSheet({ adoptedStyleSheets: sheets }: ShadowRoot, css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  // Before the link's own rules, which are the first to be there.
  sheets.splice(-1, 0, sheet)
  return sheet
}
