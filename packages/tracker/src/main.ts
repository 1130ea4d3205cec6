import { type Beckon, publish } from './api.ts'
import { quietly } from './guest.ts'
import { createTracker } from './tracker.ts'

declare global {
  interface Window {
    beckon?: Beckon | unknown[]
  }
}

/*
 * beckon.js, a classic async script. Its own tag says where it came from and which site this is;
 * `currentScript` is only there while the script runs for the first time.
 */
quietly(() => {
  const tag =
    (document.currentScript as HTMLScriptElement | null) ??
    document.querySelector<HTMLScriptElement>('script[data-site][src*="/beckon.js"]')
  const site = tag?.dataset.site
  // Twice on a page, by template and tag manager: the first one stays.
  if (!tag || !site || (window.beckon && 'destroy' in window.beckon)) return
  const tracker = createTracker({
    origin: new URL(tag.src).origin,
    site,
    privacy: tag.dataset.privacy ?? null,
    consent: tag.dataset.consent === 'pending' ? 'pending' : 'returning',
  })
  publish(window, tracker)
})
