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
}

export function openLayer(host: HTMLElement, css: string): Layer {
  const root = host.attachShadow({ mode: 'closed' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(baseCss + css)
  root.adoptedStyleSheets = [sheet]
  const layer = host.ownerDocument.createElement('div')
  layer.className = 'layer'
  root.append(layer)
  return { layer, root }
}

/** Another part of the widget brings its own rules along. */
export function addSheet(root: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
