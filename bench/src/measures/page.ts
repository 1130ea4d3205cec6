import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { USER_AGENT } from '../../../scripts/lib/chromium.mjs'
import { type Traced, traced } from './trace.ts'

export type Loaded = Traced & {
  shift: number
  /** Requests beside the page itself, and those of them that began before the page had loaded. */
  requests: number
  early: number
  bytes: number
}

const SLOWER = 4
/** Long enough for what is fetched when the page is idle. */
const SETTLED_MS = 2_500

/** A page with a fourth of the processor. */
export async function slowPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ userAgent: USER_AGENT })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return page
}

/** Opens an address and waits until everything has come. */
export async function loaded(browser: Browser, page: Page, url: string): Promise<Loaded> {
  const urls: string[] = []
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  cdp.on('Network.webSocketCreated', ({ url: socket }) => void urls.push(socket))
  page.on('request', (request) => void urls.push(request.url()))
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (window as unknown as { shift: number }).shift += (
          entry as unknown as { value: number }
        ).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const busy = await traced(browser, page, async () => {
    await page.goto(url)
    await pause(SETTLED_MS)
  })
  const seen = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const end = navigation?.loadEventStart ?? 0
    const early = performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime < end)
    return { shift: (window as unknown as { shift: number }).shift, early: early.length }
  })
  const { length: requests } = urls.filter((one) => one !== url && !one.startsWith('data:'))
  return { ...busy, ...seen, requests, bytes }
}

/** Something happens on a page that is there: what it cost, and what moved for it. */
export async function happened(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<Traced & { shift: number }> {
  const before = await shiftOf(page)
  const busy = await traced(browser, page, async () => {
    await act()
    await pause(1_000)
  })
  return { ...busy, shift: (await shiftOf(page)) - before }
}

const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { shift: number }).shift)
