import { newClientId } from '@beckon/client/connection'
import type { Page } from '@beckon/protocol'
import { after, keep, listen } from './guest.ts'

/*
 * What page the visitor is on. A page view begins with the document, with a navigation inside it
 * (found by itself) or with `beckon.page()`. Fragments are dropped before anything is sent.
 */

export type View = { url?: string; title?: string }

/** After a navigation inside the document its title is often set a moment later. */
const TITLE_SETTLES_MS = 50
/** A page that changes all the time is looked at once a second. */
const LOOK_EVERY_MS = 1_000
/** As in the protocol's limits; numbers, so that the table stays out of the script. */
const MOST_URL = 2_048
const MOST_TITLE = 300
const MOST_LINKS = 20
const MOST_LINK = 64
const LINK_ATTRIBUTE = 'data-beckon-link'
export const LINK = `[${LINK_ATTRIBUTE}]`

let address: string
let referrer: string
let id: string
let view: View = {}
let changed: () => void

/** The page now, as the server should know it. */
export const currentPage = (): Page => ({
  id,
  url: withoutFragment(view.url ?? address).slice(0, MOST_URL),
  title: (view.title ?? document.title).slice(0, MOST_TITLE),
  referrer: withoutFragment(referrer).slice(0, MOST_URL) || undefined,
  links: visibleLinks(),
})

/** Begins another view of the same document; `from` is where the visitor comes from. */
export function beginPage(from: string, next: View = {}): void {
  referrer = from
  address = here()
  view = next
  id = newClientId()
  // What is told then is the page of that moment: a redirect within the time is one view, not two.
  after(TITLE_SETTLES_MS, changed)
}

/** `beckon.page()`. */
export function virtualPage({ url, title }: View = {}): void {
  beginPage(view.url ?? address, { url: url && new URL(url, location.href).href, title })
}

export function watchPages(tell: () => void): void {
  changed = tell
  beginPage(document.referrer)

  let looking = false
  const observer = new MutationObserver(() => {
    if (looking) return
    looking = true
    after(LOOK_EVERY_MS, () => {
      looking = false
      // A browser without the Navigation API: a new page inside the document shows in what it draws.
      // Nothing of the page's history is wrapped for that.
      navigated()
      changed()
    })
  })
  observer.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: [LINK_ATTRIBUTE],
  })
  keep(() => observer.disconnect())

  const { navigation } = window as { navigation?: EventTarget }
  if (navigation) {
    listen<Event & { navigationType?: string }>(navigation, 'currententrychange', (event) =>
      navigated(event.navigationType === 'replace'),
    )
  }
}

function navigated(replaced?: boolean): void {
  const before = address
  const now = here()
  if (now === before) return
  // Filters and searches written into the address by `replaceState` are the same page.
  if (replaced && now.split('?')[0] === before.split('?')[0]) {
    address = now
    changed()
  } else beginPage(before)
}

/** Ids of the live chat links one can see, in document order. */
function visibleLinks(): string[] {
  const ids: string[] = []
  const elements = document.querySelectorAll(LINK)
  for (let at = 0; at < elements.length && ids.length < MOST_LINKS; at++) {
    const element = elements[at] as Element
    const link = element.getAttribute(LINK_ATTRIBUTE) as string
    // Where the browser cannot say, the site's main link styles what is shown.
    const seen = element.checkVisibility?.({ checkVisibilityCSS: true })
    if (seen && link.length <= MOST_LINK) ids[ids.length] = link
  }
  return ids
}

const here = (): string => withoutFragment(location.href)

const withoutFragment = (url: string): string => url.split('#')[0] as string
