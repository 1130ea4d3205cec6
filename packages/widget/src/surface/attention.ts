import { isSettled, judge, paint } from '../card/card-state.ts'
import { lazily } from '../lazily.ts'
import type { Happen, WidgetState } from '../state.ts'

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
  let spotFor: typeof import('./decency.ts').spotFor | undefined
  const loadDecency = lazily(
    () => import('./decency.ts'),
    (decency) => {
      spotFor = decency.spotFor
      consider()
    },
  )

  function consider(): void {
    const { card } = now()
    const drawn = layer.querySelector('.card')
    callOff?.()
    if (!card || !drawn || signal.aborted) return
    callOff = after(LOOK_AGAIN_MS, consider)
    const spot = whereTo(drawn)
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

  /** Where it belongs, unless something is in use, which takes a closer look. */
  function whereTo(drawn: Element): number {
    const { activeElement, body } = document
    const panel = layer.querySelector('.panel')
    if (!panel && [null, body, host].includes(activeElement as HTMLElement)) return 0
    loadDecency()
    return spotFor?.(drawn, { moved, narrow: phone.matches, panel }) ?? -1
  }

  const isDue = () => {
    const { card } = now()
    return card?.shown && !card.painted && host.isConnected && !document.hidden
  }

  for (const event of ['focusin', 'focusout', 'visibilitychange']) {
    addEventListener(event, consider, { signal, capture: true })
  }
  return { consider, moved: () => moved }
}

/** Whether the page wants no interruption: a dialog of its own, or fullscreen. */
const isBusy = (): boolean =>
  !!document.fullscreenElement ||
  [...document.querySelectorAll('dialog:modal,[aria-modal=true]')].some(
    (one) => one.getClientRects().length,
  )
