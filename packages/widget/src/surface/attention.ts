import type { Card, WidgetHappening } from '../state.ts'
import { type Box, focusedBox, isBusy, mirrored, spotFor } from './decency.ts'

// Captured before the page could replace it. It does not run in a hidden tab, which is the point.
const nextFrame = globalThis.requestAnimationFrame?.bind(globalThis)

// Dialogs of the page come and go without an event; while a card waits, looking is cheap.
const LOOK_EVERY_MS = 1_000

type Watched = {
  page: Document
  host: Element
  every(ms: number, work: () => void): () => void
  now(): Card
  /** The card as it is drawn, perhaps unseen, and what of ours must stay free. */
  card(): Element | null
  obstacle(): Element | null
  phone(): boolean
  happen(happening: WidgetHappening): void
  redraw(): void
}

/** Keeps asking whether the page can take the card decently, and notices when it has been painted. */
export function watchDecency(watched: Watched) {
  const { page, host, happen } = watched
  let moved = false
  let considering = false
  let awaited = false
  let stopLooking: (() => void) | undefined

  function consider(): void {
    if (considering) return
    considering = true
    try {
      place()
    } finally {
      considering = false
    }
  }

  function place(): void {
    const now = watched.now()
    const card = watched.card()
    if (now.is !== 'open' || !card) {
      if (now.is === 'none') moved = false
      stopLooking?.()
      stopLooking = undefined
      return
    }
    stopLooking ??= watched.every(LOOK_EVERY_MS, consider)
    const spot = spotOf(card)
    const aside = spot === 'other side' || (spot === 'wait' && moved)
    if (aside !== moved) {
      moved = aside
      watched.redraw()
    }
    if (!now.painted) happen({ type: 'decency', ok: spot !== 'wait' && !isBusy(page) })
    awaitPaint()
  }

  function spotOf(card: Element) {
    const box = card.getBoundingClientRect()
    const { innerWidth } = page.defaultView ?? { innerWidth: box.right }
    const here = moved ? mirrored(box, innerWidth) : box
    const taken = [focusedBox(page, host), watched.obstacle()?.getBoundingClientRect()]
    return spotFor(
      here,
      watched.phone() ? undefined : mirrored(here, innerWidth),
      taken.filter((one): one is Box => one !== undefined),
    )
  }

  /** Two frames on, what was drawn has been painted: that, and not less, is *viewed*. */
  function awaitPaint(): void {
    if (awaited || !isShown()) return
    awaited = true
    nextFrame(() =>
      nextFrame(() => {
        awaited = false
        if (isShown() && page.visibilityState === 'visible') happen({ type: 'painted' })
      }),
    )
  }

  const isShown = () => {
    const now = watched.now()
    return now.is === 'open' && now.shown && !now.painted && host.isConnected
  }

  const events = ['focusin', 'focusout', 'fullscreenchange', 'visibilitychange'] as const
  for (const event of events) page.addEventListener(event, consider)
  page.defaultView?.addEventListener('resize', consider)

  return {
    consider,
    moved: () => moved,
    stop() {
      for (const event of events) page.removeEventListener(event, consider)
      page.defaultView?.removeEventListener('resize', consider)
      stopLooking?.()
    },
  }
}
