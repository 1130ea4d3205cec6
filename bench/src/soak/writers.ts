import { setTimeout as pause } from 'node:timers/promises'
import { random } from '../random.ts'
import type { Ledger } from './ledger.ts'
import type { Place } from './place.ts'
import { openShopPage, type ShopPage, type ShopPageOptions } from './shop-page.ts'
import { until } from './wait.ts'

/** Between two messages of one page: under its limit of 20 frames a second. */
const PACE_MS = 90
/** How often an impatient page tries: where a scenario is about what is said, not about who comes back when. */
const TRY_EVERY_MS = 250

export type Writers = {
  readonly pages: readonly ShopPage[]
  /** Each has a chat: the first message was acknowledged. */
  begun(): Promise<number>
  /** Until so many more are acknowledged. */
  more(messages: number, withinMs?: number): Promise<number>
  /** Nobody writes anything new; resolves when nothing is unsent any more. */
  settle(withinMs?: number): Promise<void>
  close(): void
}

/** Visitors who write in chats of their own, all the time, until told to stop. */
export function openWriters(asked: {
  place: Place
  ledger: Ledger
  many: number
  /** Where they connect; the place's balancer unless told otherwise. */
  server?: () => string
  paceMs?: number
  /** They come back when browsers do: spread over 10 s and more. Otherwise as soon as they can. */
  asBrowsers?: boolean
  /** Of one scenario, each crowd has its own. */
  name?: string
  seed?: number
  /** Messages of each; without end unless told. */
  messages?: number
  onFrame?: ShopPageOptions['onFrame']
}): Writers {
  const { place, ledger, many, name = 'v', paceMs = PACE_MS } = asked
  let over = false
  const pages = Array.from({ length: many }, (_, n) => {
    const chance = random((asked.seed ?? 0) * 100_000 + n + 1)
    return openShopPage({
      server: asked.server ?? (() => place.balanced()),
      site: place.site,
      name: `${name}${n}`,
      address: `198.18.${n >> 8}.${n & 255}`,
      random: chance,
      ledger,
      ...(asked.onFrame ? { onFrame: asked.onFrame } : {}),
    })
  })
  for (const [n, page] of pages.entries()) void write(page, n)
  const trying = setInterval(() => {
    if (!asked.asBrowsers) for (const page of pages) if (!page.connected) page.retry()
  }, TRY_EVERY_MS)

  async function write(page: ShopPage, n: number): Promise<void> {
    await pause((paceMs * n) / many)
    for (let left = asked.messages ?? Number.POSITIVE_INFINITY; left > 0 && !over; ) {
      // One waits to be acknowledged at a time: what is written piles up nowhere.
      if (page.unsent === 0 && page.connected) {
        page.write()
        left -= 1
      }
      await pause(paceMs)
    }
  }

  const settled = () => pages.every((page) => page.unsent === 0)
  return {
    pages,
    begun: () =>
      until('every chat has begun', () => pages.every(({ chatId }) => chatId !== undefined)),
    more(messages, withinMs) {
      const enough = ledger.acknowledged.size + messages
      return until(
        `${messages} more are acknowledged`,
        () => ledger.acknowledged.size >= enough || (over && settled()),
        withinMs,
      )
    },
    async settle(withinMs = 30_000) {
      over = true
      await until('nothing is unsent', settled, withinMs).catch((error: unknown) => {
        const stuck = pages.filter(({ unsent }) => unsent > 0)
        const away = stuck.filter(({ connected }) => !connected).length
        const refused = [...ledger.refused].map(([code, times]) => `${code} ${times}`)
        throw new Error(`${error}: ${stuck.length} pages, ${away} away; refused ${refused}`)
      })
    },
    close() {
      over = true
      clearInterval(trying)
      for (const page of pages) page.close()
    },
  }
}
