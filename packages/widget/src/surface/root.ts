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
  addSheet(root, baseCss + css)
  const layer = addPart(root, 'layer')
  return { layer, root }
}

export function addPart(parent: ParentNode, name: string): HTMLElement {
  const part = document.createElement('div')
  part.className = name
  parent.append(part)
  return part
}

/** Another part of the widget brings its own rules along. */
export function addSheet(root: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets.push(sheet)
}
