import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Echo, Product } from '../product.ts'
import { random } from '../random.ts'
import { cpuMilliseconds } from '../server-process.ts'
import { simulatedVisitor } from '../simulated-visitor.ts'

const CONNECTIONS = 200
/** Below the 20 a second that each may send. */
const EACH = 16
const SLICE_MS = 500

/**
 * What a page view costs the product in processor time, in frames of a bare ws echo that cost the
 * same. Both are sent in turn, at the same pace: what else the machine does meanwhile weighs on both.
 */
export async function pageViewInEchoes(
  product: Product,
  echo: Echo,
  place: { siteKey: string; origin: string },
  slices: number,
): Promise<number> {
  const visitors = Array.from({ length: CONNECTIONS }, (_, index) =>
    simulatedVisitor({
      server: product.base.replace('http', 'ws'),
      persona: {
        site: place.siteKey,
        origin: place.origin,
        address: `10.9.${index >> 5}.${index & 31}`,
      },
      random: random(index + 1),
    }),
  )
  await Promise.all(visitors.map((one) => one.arrive({ url: `${place.origin}/`, title: 'Start' })))
  const sockets = await Promise.all(visitors.map(() => opened(echo.url)))
  const page = (n: number) => ({
    url: `${place.origin}/bikes/gravel/ridgeline-2/${n}`,
    title: `Page ${n}`,
  })
  const frame = JSON.stringify({ type: 'page', page: { id: 'bench-page-000', ...page(12_345) } })

  const views = await product.metric('beckon_page_views_total')
  const before = { product: product.cpuMs(), echo: cpuMilliseconds(echo.pid) }
  let sent = 0
  for (let slice = 0; slice < slices; slice++) {
    await steadily((n) => visitors[n % CONNECTIONS]?.navigate(page(n)))
    await steadily((n) => {
      sockets[n % CONNECTIONS]?.send(frame)
      sent += 1
    })
  }
  // What is written behind the list belongs to the page views.
  await pause(1_000)
  const taken = (await product.metric('beckon_page_views_total')) - views
  const perView = (product.cpuMs() - before.product) / taken
  const perFrame = (cpuMilliseconds(echo.pid) - before.echo) / sent
  for (const visitor of visitors) visitor.leave()
  for (const socket of sockets) socket.terminate()
  return perView / perFrame
}

/** One slice: as many as all connections may send in it, evenly. */
async function steadily(send: (n: number) => void): Promise<void> {
  const from = performance.now()
  const most = (CONNECTIONS * EACH * SLICE_MS) / 1_000
  for (let sent = 0; sent < most; ) {
    const due = ((performance.now() - from) / SLICE_MS) * most
    for (; sent < Math.min(most, due); sent++) send(sent)
    await pause(4)
  }
}

const opened = (url: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    socket.once('open', () => resolve(socket)).once('error', reject)
  })
