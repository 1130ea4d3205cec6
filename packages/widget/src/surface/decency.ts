/*
 * When an invitation may be shown, and on which side. A card that would lie over what the visitor
 * is doing waits as a badge; it counts as delivered and its clock does not run.
 */

export type Box = { left: number; top: number; right: number; bottom: number }

/** The first spot where the card lies over nothing that must stay free; -1: there is none. */
export const freeSpot = (spots: readonly Box[], taken: readonly (Box | undefined)[]): number =>
  spots.findIndex((spot) => !taken.some((box) => box && overlap(box, spot)))

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

/** Whether the page wants no interruption: a dialog of its own, fullscreen, paying. */
export function isBusy(): boolean {
  const { activeElement, fullscreenElement } = document
  return (
    !!fullscreenElement ||
    [...document.querySelectorAll('dialog:modal,[aria-modal=true]')].some(
      (one) => one.getClientRects().length,
    ) ||
    (!!activeElement && isPayment(activeElement))
  )
}

/** Where the visitor's focus is, when it is on something of the page's. */
export function focusedBox(host: Element): Box | undefined {
  const { activeElement } = document
  if (!activeElement || activeElement === host || activeElement === document.body) return
  const box = activeElement.getBoundingClientRect()
  // A focused page region larger than half the window cannot be kept free of anything.
  return box.width * box.height * 2 > innerWidth * innerHeight ? undefined : box
}
