import type { LinkFace } from '@beckon/protocol'

/** An element of the page while it is a live chat link. */
export type Dressed = {
  /** It was nothing one could press before. */
  readonly isMade: boolean
  show(face: LinkFace, origin: string): void
  /** As the page had it. */
  undress(): void
}

const PRESSABLE = 'a[href],button,input,select,textarea,summary,[tabindex],[role]'
const MARKS = ['data-beckon-state', 'role', 'tabindex', 'aria-haspopup', 'src', 'alt']

/**
 * The page's own element stays; what a link of type text or image draws goes into it, unless it
 * holds elements of the page's: whoever made those, a framework perhaps, counts on them.
 */
export function dressElement(element: HTMLElement): Dressed {
  const isMade = !element.matches(PRESSABLE)
  const before = MARKS.map((name) => [name, element.getAttribute(name)] as const)
  const { style } = element
  const display = [style.display, style.getPropertyPriority('display')] as const
  const { cursor } = style
  const inside = [...element.childNodes]
  const isFree = element.childElementCount === 0
  let drawn = ''

  if (isMade) {
    element.setAttribute('role', 'button')
    element.tabIndex = 0
    // For whoever points at it; a page that has said something else of it is left alone.
    if (/^(auto)?$/.test(getComputedStyle(element).cursor)) style.cursor = 'pointer'
  }

  function draw({ type, look: { online, style: words }, image }: LinkFace, origin: string): void {
    const text = online ? words.onlineText : words.offlineText
    const next = `${type} ${text} ${image?.path}`
    if (next === drawn) return
    drawn = next
    if (type === 'image' && image) {
      const picture = element.tagName === 'IMG' ? (element as HTMLImageElement) : new Image()
      picture.alt = text
      picture.src = origin + image.path
      picture.width = image.width
      picture.height = image.height
      if (picture !== element) {
        picture.style.maxWidth = '100%'
        picture.style.height = 'auto'
        if (isFree) element.replaceChildren(picture)
      }
    } else if (type === 'text' && isFree) element.replaceChildren(text)
  }

  return {
    isMade,
    show(face, origin) {
      const { online, elsewhere } = face.look
      element.setAttribute('data-beckon-state', online ? 'online' : 'offline')
      if (!elsewhere) element.setAttribute('aria-haspopup', 'dialog')
      else element.removeAttribute('aria-haspopup')
      if (face.hidden) style.setProperty('display', 'none', 'important')
      else style.setProperty('display', ...display)
      draw(face, origin)
    },
    undress() {
      for (const [name, value] of before) {
        if (value === null) element.removeAttribute(name)
        else element.setAttribute(name, value)
      }
      style.setProperty('display', ...display)
      style.cursor = cursor
      if (drawn && isFree && element.tagName !== 'IMG') element.replaceChildren(...inside)
    },
  }
}
