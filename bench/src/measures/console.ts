import type { Page } from 'playwright-core'
import { launchChromium } from '../../../scripts/lib/chromium.mjs'
import { signedIn } from '../browser.ts'
import { histogram } from '../histogram.ts'
import { traced } from './trace.ts'

type Seen = { seen: { gaps: number[] } }
type Answered = { answered: Promise<number> }

const FRAMES = 180

/** The console in a real Chromium: how soon rows come, how smoothly they scroll, how soon a filter answers. */
export async function consoleWith(base: string, cookie: string) {
  const browser = await launchChromium({ whole: true })
  try {
    const context = await signedIn(browser, base, cookie)
    const page = await context.newPage()
    // Once before, so that the files are in the browser's memory, as on any day but the first.
    await page.goto(`${base}/console`)
    await page.locator('[data-visit]').first().waitFor()

    const from = performance.now()
    await page.goto(`${base}/console`)
    await page.locator('[data-visit]').first().waitFor()
    const firstRows = performance.now() - from

    const grid = page.getByRole('grid')
    await grid.hover()
    await page.evaluate(() => {
      const gaps: number[] = []
      Object.assign(window, { seen: { gaps } })
      let before = performance.now()
      const tick = (now: number) => {
        gaps.push(now - before)
        before = now
        requestAnimationFrame(tick)
      }
      requestAnimationFrame(tick)
    })
    let took = 0
    const { busyMs } = await traced(browser, page, async () => {
      const began = performance.now()
      for (let step = 0; step < FRAMES; step++) {
        await page.mouse.wheel(0, 160)
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
      }
      took = performance.now() - began
    })
    const frames = histogram()
    for (const gap of await page.evaluate(() => (window as unknown as Seen).seen.gaps))
      frames.add(gap)

    const filters = page.getByRole('complementary', { name: 'Filters' })
    const filter = await filters
      .getByRole('button', { name: /pricing or cart/i })
      .first()
      .evaluate((button) => {
        const list = document.querySelector('[role=grid]')
        const before = list?.getAttribute('aria-rowcount')
        return new Promise<number>((resolve) => {
          const clicked = performance.now()
          const look = () => {
            const now = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')
            const rows = document.querySelectorAll('[data-visit]').length
            if (now !== before && rows > 0) resolve(performance.now() - clicked)
            else requestAnimationFrame(look)
          }
          ;(button as HTMLElement).click()
          requestAnimationFrame(look)
        })
      })
    const typed = await typing(page, 'cart')
    return { firstRows, frame: frames.summary(), busy: (busyMs / took) * 100, filter, typed }
  } finally {
    await browser.close()
  }
}

/** Letters typed into a condition, one after the other: the longest from a key to how many match. */
async function typing(page: Page, text: string): Promise<number> {
  await page.keyboard.press('/')
  const form = page.getByRole('dialog').filter({ hasText: 'Show these' })
  await form.getByRole('textbox').focus()
  const waits: number[] = []
  for (const letter of text) {
    // There before the key is pressed, and asked afterwards.
    await form.evaluate((element) => {
      const answered = new Promise<number>((resolve) => {
        let pressed = 0
        const observer = new MutationObserver(() => {
          if (pressed === 0 || !/match now/.test(element.textContent ?? '')) return
          observer.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - pressed))
        })
        const onInput = () => {
          pressed = performance.now()
          observer.observe(element, { childList: true, subtree: true, characterData: true })
        }
        element.addEventListener('input', onInput, { once: true })
      })
      Object.assign(window, { answered })
    })
    await page.keyboard.press(letter)
    waits.push(await page.evaluate(() => (window as unknown as Answered).answered))
  }
  return Math.max(...waits)
}
