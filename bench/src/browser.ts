import { type Browser, type BrowserContext, chromium } from 'playwright-core'

/** Chromium's own name for a person's browser: a driven one would be kept apart with the bots. */
export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

export const openBrowser = () =>
  chromium.launch({
    executablePath: process.env.BECKON_TEST_CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-blink-features=AutomationControlled',
    ],
  })

/** A window in which an agent is signed in; `cookie` as the sign-in gave it. */
export async function signedIn(
  browser: Browser,
  base: string,
  cookie: string,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const [name = '', value = ''] = cookie.split('; ')[0]?.split(/=(.*)/s) ?? []
  await context.addCookies([{ name, value, url: base }])
  // What runs TypeScript here names inner functions by a function of its own, unknown to the page.
  await context.addInitScript({ content: 'globalThis.__name = (named) => named' })
  return context
}
