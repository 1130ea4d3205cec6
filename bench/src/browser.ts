import type { Browser, BrowserContext } from 'playwright-core'

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
