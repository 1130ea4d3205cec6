import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Product } from '../product.ts'
import { random } from '../random.ts'
import { type SimulatedVisitor, simulatedVisitor } from '../simulated-visitor.ts'

const CONNECTIONS = 1_500

/** Frames a second through a bare ws echo server, driven by the same process with the same frame size. */
export async function echoesPerSecond(url: string, seconds: number): Promise<number> {
  const frame = JSON.stringify({
    type: 'page',
    page: {
      id: 'bench-page-000',
      url: 'http://127.0.0.1:4101/bikes/gravel/ridgeline-2?x=12345',
      title: 'Ridgeline 2 – Frost',
    },
  })
  let echoed = 0
  const sockets = await Promise.all(
    Array.from(
      { length: 200 },
      () =>
        new Promise<WebSocket>((resolve, reject) => {
          const socket = new WebSocket(url, { perMessageDeflate: false })
          socket.on('open', () => resolve(socket))
          socket.on('error', reject)
          socket.on('message', () => {
            echoed += 1
            socket.send(frame)
          })
        }),
    ),
  )
  for (const socket of sockets) for (let ahead = 0; ahead < 8; ahead += 1) socket.send(frame)
  await pause(1_000)
  const before = echoed
  const from = performance.now()
  await pause(seconds * 1_000)
  const rate = (echoed - before) / ((performance.now() - from) / 1_000)
  for (const socket of sockets) socket.terminate()
  return rate
}

/**
 * Page views a second that the product takes in: counted by the server's own counter over the
 * interval, while each of many connections sends so many a second (20 are allowed).
 */
export async function pageViewsPerSecond(
  product: Product,
  place: { siteKey: string; origin: string },
  { seconds, perConnection }: { seconds: number; perConnection: number },
): Promise<{ offered: number; taken: number; stored: number; storedLate: number }> {
  const visitors: SimulatedVisitor[] = []
  for (let index = 0; index < CONNECTIONS; index += 1) {
    const visitor = simulatedVisitor({
      server: product.base.replace('http', 'ws'),
      persona: {
        site: place.siteKey,
        origin: place.origin,
        address: `198.18.${Math.floor(index / 40)}.${index % 40}`,
      },
      random: random(index + 1),
    })
    visitors.push(visitor)
  }
  for (let start = 0; start < visitors.length; start += 100) {
    await Promise.all(
      visitors
        .slice(start, start + 100)
        .map((visitor) => visitor.arrive({ url: `${place.origin}/`, title: 'Start' })),
    )
  }
  const stop = new AbortController()
  let sent = 0
  const senders = visitors.map(async (visitor, index) => {
    const everyMs = 1_000 / perConnection
    let due = performance.now() + (index / CONNECTIONS) * everyMs
    while (!stop.signal.aborted) {
      await pause(Math.max(0, due - performance.now()))
      sent += 1
      visitor.navigate({ url: `${place.origin}/p/${index}/${sent}`, title: `Page ${sent}` })
      // What was late is made up for, but not all at once: the server allows so many a second.
      due = Math.max(due + everyMs, performance.now() + everyMs / 2)
    }
  })
  await pause(1_500)
  const read = async () => ({
    at: performance.now(),
    sent,
    taken: await product.metric('beckon_page_views_total'),
    stored: await product.metric('beckon_page_views_stored_total'),
  })
  const before = await read()
  let waiting = 0
  for (let second = 0; second < seconds; second += 1) {
    await pause(1_000)
    waiting = Math.max(waiting, await product.metric('beckon_page_views_waiting'))
  }
  const after = await read()
  stop.abort()
  await Promise.all(senders)
  for (const visitor of visitors) visitor.leave()
  const took = (after.at - before.at) / 1_000
  return {
    offered: (after.sent - before.sent) / took,
    taken: (after.taken - before.taken) / took,
    stored: (after.stored - before.stored) / took,
    storedLate: (waiting * took) / (after.stored - before.stored),
  }
}
