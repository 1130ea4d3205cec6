import type { LinkFace } from '@beckon/protocol'
import type { Port } from '../../../tracker/src/port.ts'
import { type Dressed, dressElement } from './element.ts'

/*
 * Live chat links on elements of the page (C1). A module of its own, fetched when a page has such an
 * element. The server says what each of them is; an element whose link it does not know is left alone.
 */

const ATTRIBUTE = 'data-beckon-link'
/** A page that changes all the time is looked at no more often. */
const LOOK_EVERY_MS = 250
/** As in the protocol's limits. */
const MOST_LINKS = 20
const MOST_CHARACTERS = 64

let stands = false

export function mount(port: Port): void {
  if (stands) return
  stands = true
  const leaving = new AbortController()
  const dressed = new Map<HTMLElement, Dressed>()
  let faces: Record<string, LinkFace> = {}
  let asked = ''
  let looking = false

  /** Asks for what stands on the page now, and dresses what is known of it. */
  function look(): void {
    const elements = [...document.querySelectorAll<HTMLElement>(`[${ATTRIBUTE}]`)]
    const ids = [...new Set(elements.map(idOf))]
      .filter((id) => id.length <= MOST_CHARACTERS)
      .slice(0, MOST_LINKS)
    if (`${ids}` !== asked && port.send({ type: 'links.ask', links: ids })) asked = `${ids}`
    for (const [element, { undress }] of dressed) {
      if (element.isConnected && faces[idOf(element)]) continue
      undress()
      dressed.delete(element)
    }
    for (const element of elements) {
      const face = faces[idOf(element)]
      if (!face) continue
      const is = dressed.get(element) ?? dressElement(element)
      dressed.set(element, is)
      is.show(face, port.origin)
    }
  }

  function press(event: MouseEvent): void {
    const { target, button, ctrlKey, metaKey, shiftKey } = event
    const element = (target as Element).closest?.<HTMLElement>(`[${ATTRIBUTE}]`)
    const face = element && faces[idOf(element)]
    if (!face || button || ctrlKey || metaKey || shiftKey) return
    // A link's own address is for pages where the script does not run.
    event.preventDefault()
    const { elsewhere } = face.look
    if (elsewhere) location.assign(elsewhere)
    else port.open(face.look, element)
  }

  /** What a page's own element would do by itself, if it were a button. */
  function type(event: KeyboardEvent): void {
    const element = event.target as HTMLElement
    if (!dressed.get(element)?.isMade || !/^( |Enter)$/.test(event.key)) return
    event.preventDefault()
    element.click()
  }

  const observer = new MutationObserver(() => {
    if (looking) return
    looking = true
    port.timers.after(LOOK_EVERY_MS, () => {
      looking = false
      if (stands) look()
    })
  })
  observer.observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: [ATTRIBUTE],
  })
  const { signal } = leaving
  document.addEventListener('click', press, { signal, capture: true })
  document.addEventListener('keydown', type, { signal })

  const unhear = port.on((happening) => {
    if (happening.type === 'state') {
      asked = ''
      if (happening.state === 'open') look()
      if (happening.state === 'stopped') leave()
    } else if (happening.frame.type === 'links') {
      faces = happening.frame.links
      look()
    }
  })

  function leave(): void {
    stands = false
    unhear()
    leaving.abort()
    observer.disconnect()
    for (const { undress } of dressed.values()) undress()
  }

  look()
}

const idOf = (element: Element): string => element.getAttribute(ATTRIBUTE) ?? ''
