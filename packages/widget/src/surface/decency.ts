/*
 * Where a card may stand while something of the page is in use: a card that would lie over what the
 * visitor is doing goes to the other side, or waits as a badge, which counts as delivered and does
 * not run the clock. A file of its own: mostly nothing is in use.
 */

export type Box = { left: number; top: number; right: number; bottom: number }

/** 0: where it belongs, 1: at the other side, -1: nowhere now. */
export function spotFor(
  drawn: Element,
  { moved, narrow, panel }: { moved: boolean; narrow: boolean; panel: Element | null },
): number {
  const { activeElement } = document
  if (activeElement && isPayment(activeElement)) return -1
  const box = drawn.getBoundingClientRect()
  const here = moved ? mirrored(box) : box
  return freeSpot(narrow ? [here] : [here, mirrored(here)], [
    activeElement && keptFree(activeElement),
    panel?.getBoundingClientRect(),
  ])
}

/** The first spot where the card lies over nothing that must stay free; -1: there is none. */
export const freeSpot = (
  spots: readonly Box[],
  taken: readonly (Box | null | undefined)[],
): number => spots.findIndex((spot) => !taken.some((box) => box && overlap(box, spot)))

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom

/** The same card at the other edge of the window. */
export const mirrored = ({ left, right, top, bottom }: Box, width = innerWidth): Box => ({
  left: width - right,
  right: width - left,
  top,
  bottom,
})

const PAYMENT_FIELD = /\bcc-|card.?(num|no|holder|exp)|cvv|cvc|iban/i
const PAYMENT_FRAME = /stripe|adyen|braintree|paypal|checkout|klarna|payment/i

// Where fields and frames say what they are for.
const SAYING = ['name', 'id', 'title', 'src', 'autocomplete', 'placeholder', 'aria-label']

/** Whether somebody is paying in this element: nobody talks to a customer who counts money. */
export function isPayment(element: Element): boolean {
  const said = SAYING.map((name) => element.getAttribute(name)).join(' ')
  return (element.tagName === 'IFRAME' ? PAYMENT_FRAME : PAYMENT_FIELD).test(said)
}

/** Where the visitor's focus is, when it is on something of the page's. */
function keptFree(element: Element): Box | undefined {
  if (element === document.body || element.tagName === 'BECKON-WIDGET') return undefined
  const box = element.getBoundingClientRect()
  // A focused page region larger than half the window cannot be kept free of anything.
  return box.width * box.height * 2 > innerWidth * innerHeight ? undefined : box
}
