import { type Beckon, publish } from './api.ts'
import { quietly } from './guest.ts'
import { startTracker } from './tracker.ts'

declare global {
  interface Window {
    beckon?: Beckon | unknown[][]
  }
}

/*
 * beckon.js, a classic async script. Its own tag says where it came from and which site this is;
 * `currentScript` is only there while the script runs for the first time.
 */
quietly(() => {
  const {
    src,
    dataset: { site, privacy, consent },
  } = document.currentScript as HTMLScriptElement
  // Twice on a page, by template and tag manager: the first one stays.
  if (!site || (window.beckon as Beckon | undefined)?.destroy) return
  publish(
    window,
    startTracker({
      origin: new URL(src).origin,
      site,
      privacy,
      consent: consent === 'pending' ? undefined : 'returning',
    }),
  )
})
