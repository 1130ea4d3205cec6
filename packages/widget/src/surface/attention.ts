import { type Card, judge, paint } from '../card/card-state.ts'
import type { Draft } from '../state.ts'
import { focusedBox, isBusy, mirrored, spotFor } from './decency.ts'

// Captured before the page could replace it. It does not run in a hidden tab, which is the point.
const nextFrame = globalThis.requestAnimationFrame?.bind(globalThis)

// Dialogs of the page come and go without an event; while a card waits, looking is cheap.
const LOOK_EVERY_MS = 1_000

type Watched = {
  host: Element
  /** Ends the watch. */
  signal: AbortSignal
  every(ms: number, work: () => void): () => void
  now(): Card
  /** The card as it is drawn, perhaps unseen, and the panel, which must stay free. */
  find(name: '.card' | '.panel'): Element | null
  phone(): boolean
  settle<A extends unknown[]>(move: (draft: Draft, ...about: A) => void, ...about: A): void
  redraw(): void
}

/** Keeps asking whether the page can take the card decently, and notices when it has been painted. */
export function watchDecency(watched: Watched) {
  const { host, signal, now, find, phone, settle } = watched
  let moved = false
  let awaited = false
  let stopLooking: (() => void) | undefined

  function consider(): void {
    const { is } = now()
    const card = find('.card')
    if (is !== 'open' || !card) {
      if (is === 'none') moved = false
      rest()
      return
    }
    stopLooking ??= watched.every(LOOK_EVERY_MS, consider)
    const spot = spotOf(card)
    const aside = spot === 'other side' || (spot === 'wait' && moved)
    if (aside !== moved) {
      moved = aside
      watched.redraw()
    }
    settle(judge, spot !== 'wait' && !isBusy())
    awaitPaint()
  }

  function rest(): void {
    stopLooking?.()
    stopLooking = undefined
  }

  function spotOf(card: Element) {
    const box = card.getBoundingClientRect()
    const here = moved ? mirrored(box) : box
    const taken = [focusedBox(host), find('.panel')?.getBoundingClientRect()]
    return spotFor(here, phone() ? undefined : mirrored(here), taken)
  }

  /** Two frames on, what was drawn has been painted: that, and not less, is *viewed*. */
  function awaitPaint(): void {
    if (awaited || !isShown()) return
    awaited = true
    nextFrame(() =>
      nextFrame(() => {
        awaited = false
        if (isShown() && !document.hidden) settle(paint)
      }),
    )
  }

  const isShown = () => {
    const card = now()
    return card.is === 'open' && card.shown && !card.painted && host.isConnected
  }

  for (const event of ['focusin', 'focusout', 'fullscreenchange', 'visibilitychange', 'resize']) {
    addEventListener(event, consider, { signal, capture: true })
  }
  signal.addEventListener('abort', rest)
  return { consider, moved: () => moved }
}
