import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { heapOf } from '../heap.ts'
import type { Product } from '../product.ts'
import { random } from '../random.ts'
import { simulatedVisitor } from '../simulated-visitor.ts'

const TOGETHER = 100

async function inTurns(count: number, one: (index: number) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < count; start += TOGETHER) {
    const part = Math.min(TOGETHER, count - start)
    await Promise.all(Array.from({ length: part }, (_, index) => one(start + index)))
  }
}

/**
 * What an idle visitor costs: heap and buffers after a full collection, with and without them.
 * Private addresses, so that no geo data is loaded for it.
 */
export const bytesPerVisitor = (
  product: Product,
  place: { siteKey: string; origin: string },
  count: number,
): Promise<number> => bytesElsewhere(product, product, place, count)

/** The same, of a node that hears of them from the one they are on. */
export async function bytesElsewhere(
  product: Product,
  measured: Product,
  place: { siteKey: string; origin: string },
  count: number,
): Promise<number> {
  const visitors = Array.from({ length: count }, (_, index) =>
    simulatedVisitor({
      server: product.base.replace('http', 'ws'),
      persona: {
        site: place.siteKey,
        origin: place.origin,
        address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
      },
      random: random(index + 1),
    }),
  )
  // The first ones bring in what everybody shares.
  await visitors[0]?.arrive({ url: `${place.origin}/`, title: 'Start' })
  const before = await heapOf(measured.inspectorPort)
  await inTurns(count - 1, async (index) =>
    visitors[index + 1]?.arrive({ url: `${place.origin}/bikes/${index}`, title: `Bike ${index}` }),
  )
  await pause(2_000)
  const after = await heapOf(measured.inspectorPort)
  for (const visitor of visitors) visitor.leave()
  return (after - before) / (count - 1)
}

/** The same for a bare ws connection that has said and heard one frame. */
export async function bytesPerConnection(
  echo: { url: string; inspectorPort: number },
  count: number,
): Promise<number> {
  const sockets: WebSocket[] = []
  const connect = () =>
    new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(echo.url, { perMessageDeflate: false })
      sockets.push(socket)
      socket.once('open', () => socket.send('{"type":"hello"}'))
      socket.once('message', () => resolve())
      socket.once('error', reject)
    })
  await connect()
  const before = await heapOf(echo.inspectorPort)
  await inTurns(count - 1, connect)
  await pause(500)
  const after = await heapOf(echo.inspectorPort)
  for (const socket of sockets) socket.terminate()
  return (after - before) / (count - 1)
}
