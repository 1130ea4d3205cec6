import { chromium } from 'playwright-core'
import { chromiumPath, headlessPath } from './system.mjs'

/** Chromium's own name for a person's browser: a driven one would be kept apart with the bots (W16). */
export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-blink-features=AutomationControlled',
]

/**
 * A browser of tests and measurements. `whole`: as people have it, also where one without windows
 * is at hand; `without`: flags of Playwright's own, such as the one that switches the back/forward
 * cache off.
 */
export function launchChromium({ whole = false, without = [] } = {}) {
  const executablePath = whole ? chromiumPath() : headlessPath()
  if (!executablePath) throw new Error('Chromium is missing; npm test installs it where it may')
  return chromium.launch({ executablePath, args: FLAGS, ignoreDefaultArgs: without })
}
