import { newClientId } from '@beckon/client/connection'
import type { Page } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol/limits'
import type { Guest } from './guest.ts'

/*
 * What page the visitor is on. A page view begins with the document, with a navigation inside it
 * (found by itself) or with `beckon.page()`. Fragments are dropped before anything is sent.
 */

export type Pages = {
  /** The page now, as the server should know it. */
  current(): Page
  /** Begins another view of the same document: a virtual one. */
  begin(view: { url?: unknown; title?: unknown }): void
  /** The document is back from the back/forward cache: that is a view too. */
  again(): void
}

/** After a navigation inside the document its title is often set a moment later. */
const TITLE_SETTLES_MS = 50
/** A page that changes all the time is looked at once a second. */
const LOOK_EVERY_MS = 1_000
const MOST_LINKS = 20
const LINK = '[data-beckon-link]'

export function watchPages(guest: Guest, changed: () => void): Pages {
  let address = here()
  let referrer = document.referrer
  let id = newClientId()
  let view: { url?: string; title?: string } = {}
  let cancelTell = () => {}
  let looking = false

  const begin = (from: string) => {
    referrer = from
    address = here()
    id = newClientId()
    view = {}
    // A redirect within that time is one view, not two.
    cancelTell()
    cancelTell = guest.after(TITLE_SETTLES_MS, changed)
  }

  const navigated = (replaced: boolean) => {
    const before = address
    const now = here()
    if (now === before) return
    // Filters and searches written into the address by `replaceState` are the same page.
    if (replaced && pathOf(now) === pathOf(before)) {
      address = now
      changed()
    } else begin(before)
  }

  const look = () => {
    if (looking) return
    looking = true
    guest.after(LOOK_EVERY_MS, () => {
      looking = false
      changed()
    })
  }

  watchNavigation(guest, navigated)
  const observer = new MutationObserver(look)
  observer.observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['data-beckon-link'],
  })
  guest.keep(() => observer.disconnect())
  guest.listen(window, 'load', changed)

  return {
    current: () => ({
      id,
      url: clipped(view.url ?? address, LIMITS.urlCharacters),
      title: clipped(view.title ?? document.title, LIMITS.titleCharacters),
      referrer: referrer ? clipped(withoutFragment(referrer), LIMITS.urlCharacters) : undefined,
      links: visibleLinks(),
    }),
    begin({ url, title }) {
      begin(view.url ?? address)
      if (typeof url === 'string') view.url = withoutFragment(new URL(url, location.href).href)
      if (typeof title === 'string') view.title = title
    },
    again: () => begin(''),
  }
}

/** Navigation API where there is one, else the wrapped history; both say whether it was replaced. */
function watchNavigation(guest: Guest, navigated: (replaced: boolean) => void): void {
  const { navigation } = window as { navigation?: EventTarget }
  if (navigation) {
    guest.listen<Event & { navigationType?: string | null }>(
      navigation,
      'currententrychange',
      ({ navigationType }) => navigated(navigationType === 'replace'),
    )
    return
  }
  guest.listen(window, 'popstate', () => navigated(false))
  wrap('pushState')
  wrap('replaceState')

  function wrap(method: 'pushState' | 'replaceState'): void {
    const original = history[method]
    const wrapped = function (this: History, ...args: Parameters<typeof original>): void {
      original.apply(this, args)
      if (!guest.gone) guest.after(0, () => navigated(method === 'replaceState'))
    }
    history[method] = wrapped
    guest.keep(() => {
      // Somebody may have wrapped it again: then ours stays in the middle and does nothing.
      if (history[method] === wrapped) history[method] = original
    })
  }
}

/** Ids of the live chat links one can see, in document order. */
function visibleLinks(): string[] | undefined {
  const elements = document.querySelectorAll(LINK)
  const ids: string[] = []
  for (let at = 0; at < elements.length && ids.length < MOST_LINKS; at++) {
    const id = elements[at]?.getAttribute('data-beckon-link')
    if (id && id.length <= 64 && isVisible(elements[at] as Element)) ids[ids.length] = id
  }
  return ids.length > 0 ? ids : undefined
}

function isVisible(element: Element): boolean {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible'
}

const here = (): string => withoutFragment(location.href)

const withoutFragment = (url: string): string => url.split('#')[0] as string

const pathOf = (url: string): string => url.split('?')[0] as string

const clipped = (text: string, length: number): string => text.slice(0, length)
