/*
 * A drawing is a tree of plain values; `draw` makes the page look like it and touches nothing that
 * is already right, so focus, selection and scrolling survive. Preact would do the same and more
 * for 4.7 KB, which is most of what launcher and card together may weigh on a stranger's page.
 * Only text nodes, attributes and handler properties are ever written: no HTML, no inline style
 * attribute, so strict security policies and Trusted Types have nothing to object to.
 */

export type Child = Drawing | string | number | false | null | undefined | readonly Child[]

/**
 * Attributes, handlers (`onclick`) and `value`. `key` keeps an element the same element when its
 * place among its siblings changes; `ref` is called once with the new element.
 */
export type Props = Readonly<Record<string, unknown>>

export type Drawing = { readonly tag: string; readonly props: Props; readonly children: Child[] }

type Drawn = { key: string; node: Node; props: Props; inside: Drawn[] }

const SVG = 'http://www.w3.org/2000/svg'

export const h = (tag: string, props: Props = {}, ...children: Child[]): Drawing => ({
  tag,
  props,
  children,
})

const drawn = new WeakMap<Element, Drawn[]>()

/** Makes the inside of `parent` look like `children`. `parent` belongs to the drawing alone. */
export function draw(parent: Element, ...children: Child[]): void {
  drawn.set(parent, drawInside(parent, drawn.get(parent) ?? [], children))
}

function drawInside(parent: Element, before: readonly Drawn[], children: readonly Child[]) {
  const free = new Map(before.map((one) => [one.key, one]))
  const wanted = flat(children)
  const after = wanted.map((child, place) => {
    const key = typeof child === 'string' ? `${place}` : `${child.tag} ${child.props.key ?? place}`
    const old = free.get(key)
    free.delete(key)
    return old ?? { key, node: create(parent, child), props: {}, inside: [] }
  })
  for (const { node } of free.values()) parent.removeChild(node)
  let next = parent.firstChild
  after.forEach((one, place) => {
    const isNew = !one.node.parentNode
    if (one.node === next) next = next.nextSibling
    else parent.insertBefore(one.node, next)
    const child = wanted[place] as Drawing | string
    if (typeof child === 'string') {
      if (one.node.nodeValue !== child) one.node.nodeValue = child
      return
    }
    const element = one.node as Element
    setProps(element, one.props, child.props)
    one.inside = drawInside(element, one.inside, child.children)
    one.props = child.props
    if (isNew && typeof child.props.ref === 'function') child.props.ref(element)
  })
  return after
}

function flat(children: readonly Child[], into: (Drawing | string)[] = []) {
  for (const child of children) {
    if (Array.isArray(child)) flat(child as readonly Child[], into)
    else if (child || child === 0)
      into.push(typeof child === 'object' ? (child as Drawing) : `${child}`)
  }
  return into
}

function create(parent: Element, child: Drawing | string): Node {
  const page = parent.ownerDocument
  if (typeof child === 'string') return page.createTextNode(child)
  return child.tag === 'svg' || parent.namespaceURI === SVG
    ? page.createElementNS(SVG, child.tag)
    : page.createElement(child.tag)
}

function setProps(element: Element, before: Props, after: Props): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name]
    if (name === 'key' || name === 'ref') continue
    // The visitor's own typing is the truth about a field until the drawing says otherwise.
    if (name === 'value') {
      const field = element as HTMLInputElement
      if (field.value !== value) field.value = `${value ?? ''}`
    } else if (value === before[name]) continue
    else if (name.startsWith('on')) (element as unknown as Record<string, unknown>)[name] = value
    else if (value === undefined || value === null || value === false) element.removeAttribute(name)
    else element.setAttribute(name, value === true ? '' : `${value}`)
  }
}
