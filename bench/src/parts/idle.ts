import { bytesPerConnection, bytesPerVisitor } from '../measures/memory.ts'
import { startEcho } from '../product.ts'
import { kilobytes, whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { ORIGIN, type Part, scaled } from './part.ts'

const VISITORS = scaled(4_000)

export const idle: Part = {
  name: 'memory',
  title: 'Memory of an idle visitor',
  how: `Heap and buffers of the server after a full collection, before and after ${whole(VISITORS)} visitors have come, each; the same for a bare \`ws\` server. Addresses are private ones, so that no geo data is loaded.`,
  async run({ note }) {
    const servers = await startServers(ORIGIN, { inspected: true })
    const [node] = servers.nodes
    if (!node) return
    const place = { siteKey: servers.site.key, origin: ORIGIN }
    const perVisitor = await bytesPerVisitor(node, place, VISITORS)
    await servers.stop()
    const echo = await startEcho({ inspected: true })
    const perConnection = await bytesPerConnection(echo, VISITORS)
    await echo.stop()
    const above = perVisitor - perConnection
    note('a bare ws connection', kilobytes(perConnection))
    note('an idle visitor, above that', kilobytes(above), {
      text: '≤ 6 KB',
      got: above,
      most: 6 * 1_024,
    })
  },
}
