/*
 * A drawing is a tree of plain values; `draw` makes the page look like it and touches nothing that
 * is already right, so focus, selection and scrolling survive. Preact would do the same and more
 * for 4.7 KB, which is most of what launcher and card together may weigh on a stranger's page.
 * Only text nodes, attributes and handler properties are ever written: no HTML, no inline style
 * attribute, so strict security policies and Trusted Types have nothing to object to.
 */

export type Child = Drawing | string | number | false | null | undefined | readonly Child[]

/** Attributes, handlers (`onclick`) and `value`; `ondrawn` is called once with the new element. */
export type Props = Readonly<Record<string, unknown>>

export type Drawing = {
  readonly tag: string
  /** Keeps an element the same element when its place among its siblings changes. */
  readonly key: string | undefined
  readonly props: Props
  readonly children: Child[]
}

type Drawn = { props: Props; inside: Map<string, Node> }

const SVG = 'http://www.w3.org/2000/svg'

export const h = (
  tag: string,
  { key, ...props }: Props & { key?: string } = {},
  ...children: Child[]
): Drawing => ({ tag, key, props, children })

const drawn = new WeakMap<Node, Drawn>()

/** Makes the inside of `parent` look like `children`. `parent` belongs to the drawing alone. */
export const draw = (parent: Element, ...children: Child[]): void =>
  fill(parent as Drawable, { props: {}, children })

type Drawable = Element & Record<string, unknown>
type Filled = Pick<Drawing, 'props' | 'children'>

function fill(parent: Drawable, { props, children }: Filled): void {
  const before = drawn.get(parent) ?? { props: {}, inside: new Map<string, Node>() }
  const inside = new Map<string, Node>()
  const wanted = new Map<string, Drawing | string>()
  // What is absent keeps its place, so that what comes after it stays the same element.
  ;(children as unknown[]).flat(9).forEach((child, place) => {
    if (!child && child !== 0) return
    const { tag, key = place } = child as Drawing
    wanted.set(`${tag} ${key}`, tag ? (child as Drawing) : `${child}`)
  })
  drawn.set(parent, { props, inside })
  for (const name in { ...before.props, ...props }) {
    const value = props[name]
    // The visitor's own typing is the truth about a field until the drawing says otherwise.
    if (name === 'value' ? value !== parent.value : /^on/.test(name)) parent[name] = value
    else if (name !== 'value' && value !== before.props[name]) {
      if (value || value === 0) parent.setAttribute(name, value === true ? '' : (value as string))
      else parent.removeAttribute(name)
    }
  }
  for (const [key, node] of before.inside) if (!wanted.has(key)) parent.removeChild(node)
  let next = parent.firstChild
  for (const [key, child] of wanted) {
    const old = before.inside.get(key)
    const node = old ?? create(child, parent)
    inside.set(key, node)
    if (node === next) next = node.nextSibling
    else parent.insertBefore(node, next)
    if (isDrawing(child)) {
      fill(node as Drawable, child)
      if (!old) (child.props.ondrawn as ((element: Node) => void) | undefined)?.(node)
    } else if (node.nodeValue !== child) node.nodeValue = child
  }
}

const isDrawing = (child: Drawing | string): child is Drawing => !!(child as Drawing).tag

const create = (child: Drawing | string, { namespaceURI }: Element): Node =>
  isDrawing(child)
    ? document.createElementNS(child.tag === 'svg' ? SVG : namespaceURI, child.tag)
    : document.createTextNode(child)
