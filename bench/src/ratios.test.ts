import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesPerConnection, bytesPerVisitor } from './measures/memory.ts'
import { pageViewInEchoes } from './measures/price.ts'
import { type Echo, startEcho } from './product.ts'
import { type Servers, startServers } from './servers.ts'

/*
 * Against a bare ws server in the same run, in processor time and in bytes of the heap: a busy
 * machine changes neither by much. The limits are about twice what was measured, so a doubling is
 * caught here; `npm run bench` says how it stands exactly.
 */

const ORIGIN = 'http://127.0.0.1:4101'
const IDLE = 800
const MOST_FRAMES = 5

let servers: Servers
let echo: Echo
beforeAll(async () => {
  ;[servers, echo] = await Promise.all([
    startServers(ORIGIN, { inspected: true }),
    startEcho({ inspected: true }),
  ])
}, 60_000)
afterAll(async () => {
  await Promise.all([servers?.stop(), echo?.stop()])
})

test.runIf(process.platform === 'linux')(
  'budget: an idle visitor and a page view cost a few times what a bare ws connection does',
  async () => {
    const [node] = servers.nodes
    if (!node) throw new Error('no server')
    const place = { siteKey: servers.site.key, origin: ORIGIN }
    const visitor = await bytesPerVisitor(node, place, IDLE)
    const connection = await bytesPerConnection(echo, IDLE)
    expect((visitor - connection) / 1_024, 'KB of an idle visitor above a connection').toBeLessThan(
      11,
    )
    // While others press, page views are put off (R25) and the rest look dearer than they are.
    let frames = Number.POSITIVE_INFINITY
    for (let look = 0; look < 4 && frames >= MOST_FRAMES; look++) {
      frames = Math.min(frames, await pageViewInEchoes(node, echo, place, 3))
    }
    expect(frames, 'frames of an echo that cost as much as a page view').toBeLessThan(MOST_FRAMES)
  },
)
