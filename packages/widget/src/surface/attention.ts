import { isSettled, judge, paint } from '../card/card-state.ts'
import type { Happen, WidgetState } from '../state.ts'
import { focusedBox, freeSpot, isBusy, mirrored } from './decency.ts'

// Captured before the page could replace it. It does not run in a hidden tab, which is the point.
const { requestAnimationFrame: nextFrame } = globalThis

// Dialogs of the page come and go without an event; while a card waits, looking is cheap.
const LOOK_AGAIN_MS = 1_000

type Watched = {
  host: Element
  /** Ends the watch. */
  signal: AbortSignal
  after(ms: number, work: () => void): () => void
  now(): WidgetState
  /** Where the card is drawn, perhaps unseen, and the panel, which must stay free. */
  layer: Element
  phone: MediaQueryList
  happen: Happen
  redraw(): void
}

/** Keeps asking whether the page can take the card decently, and notices when it has been painted. */
export function watchDecency({ host, signal, after, now, layer, phone, happen, redraw }: Watched) {
  let moved = false
  let callOff: (() => void) | undefined

  function consider(): void {
    const { card } = now()
    const drawn = layer.querySelector('.card')
    callOff?.()
    if (!card || !drawn || signal.aborted) return
    callOff = after(LOOK_AGAIN_MS, consider)
    const box = drawn.getBoundingClientRect()
    const here = moved ? mirrored(box) : box
    const spot = freeSpot(phone.matches ? [here] : [here, mirrored(here)], [
      focusedBox(host),
      layer.querySelector('.panel')?.getBoundingClientRect(),
    ])
    const isFree = spot >= 0
    if (isFree && moved !== spot > 0) {
      moved = !moved
      redraw()
    }
    const ok = isFree && !isBusy()
    if (!isSettled(card) && !card.shown === ok) happen(judge, ok)
    // Two frames on, what was drawn has been painted: that, and not less, is *viewed*.
    if (isDue()) nextFrame(() => nextFrame(() => isDue() && happen(paint)))
  }

  const isDue = () => {
    const { card } = now()
    return card?.shown && !card.painted && host.isConnected && !document.hidden
  }

  for (const event of ['focusin', 'focusout', 'fullscreenchange', 'visibilitychange', 'resize']) {
    addEventListener(event, consider, { signal, capture: true })
  }
  return { consider, moved: () => moved }
}
