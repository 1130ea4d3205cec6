import type { ChatId } from '@beckon/protocol'
import { launchChromium } from '../../../scripts/lib/chromium.mjs'
import { signedIn } from '../browser.ts'
import { type Histogram, histogram } from '../histogram.ts'

type Shown = { chats: { id: string; unread: number }[]; words: string; draft: string }
type Watched = { shown(): Shown; whole: { at: number; shown: Shown } | undefined }

/** What F5 in a chat costs, and what of the state before was not there again. */
export type Reloaded = ReturnType<Histogram['summary']> & { faults: string[] }

const DRAFT = 'Half a sentence that nobody has sent'

/**
 * An agent's console in a real Chromium, with one chat of theirs open and a draft in it, is loaded
 * again and again. The clock runs from the start of each navigation until the page itself finds the
 * whole list, the messages and the draft as they stood before.
 */
export async function reloaded(
  { base, cookie, chatId }: { base: string; cookie: string; chatId: ChatId },
  { chats, last, times }: { chats: number; last: string; times: number },
): Promise<Reloaded> {
  const browser = await launchChromium({ whole: true })
  try {
    const context = await signedIn(browser, base, cookie)
    await context.addInitScript(watch, { chats, last, draft: DRAFT })
    const page = await context.newPage()
    const found = async () => {
      await page.waitForFunction(() => (window as unknown as Watched).whole)
      return page.evaluate(() => (window as unknown as Watched).whole)
    }
    await page.goto(`${base}/console/chats/${chatId}`)
    await page.getByRole('textbox', { name: /^Message to/ }).pressSequentially(DRAFT)
    const before = (await found())?.shown
    const took = histogram()
    const faults: string[] = []
    for (let time = 0; time < times; time++) {
      await page.reload({ waitUntil: 'commit' })
      const after = await found()
      if (!after || !before) continue
      took.add(after.at)
      for (const what of ['chats', 'words', 'draft'] as const) {
        const [was, is] = [JSON.stringify(before[what]), JSON.stringify(after.shown[what])]
        if (was !== is) faults.push(`${what}: ${was.slice(0, 200)} → ${is.slice(0, 200)}`)
      }
    }
    return { ...took.summary(), faults }
  } finally {
    await browser.close()
  }
}

/** In the page, from before its first script on. */
function watch(wanted: { chats: number; last: string; draft: string }) {
  const shown = (): Shown => ({
    chats: [...document.querySelectorAll('aside a[href*="/chats/"]')].map((link) => ({
      id: link.getAttribute('href') ?? '',
      unread: Number(/(\d+) unread/.exec(link.textContent ?? '')?.[1] ?? 0),
    })),
    words: document.querySelector('[role=log]')?.textContent ?? '',
    draft: document.querySelector('textarea')?.value ?? '',
  })
  const watched: Watched = { shown, whole: undefined }
  const look = () => {
    const now = shown()
    const isWhole =
      now.chats.length >= wanted.chats &&
      now.words.includes(wanted.last) &&
      now.draft === wanted.draft
    if (isWhole) watched.whole = { at: performance.now(), shown: now }
    else requestAnimationFrame(look)
  }
  Object.assign(window, watched)
  Object.defineProperty(window, 'whole', { get: () => watched.whole })
  requestAnimationFrame(look)
}
