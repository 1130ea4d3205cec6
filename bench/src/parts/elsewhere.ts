import { bytesElsewhere } from '../measures/memory.ts'
import { kilobytes, whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { ORIGIN, type Part, scaled } from './part.ts'

const VISITORS = scaled(4_000)

export const elsewhere: Part = {
  name: 'elsewhere',
  title: 'Memory of a visit on another node',
  how: `Heap and buffers of the second of two servers that share a PostgreSQL and a Redis, after a full collection, before and after ${whole(VISITORS)} visitors have come to the first, each. Addresses are private ones, as above.`,
  why: 'Any node may have to take a visit over in a moment and lists it meanwhile, so it knows its row, pages, tabs and visitor; decision 0022 weighs what less would cost.',
  async run({ note }) {
    const servers = await startServers(ORIGIN, { nodes: 2, inspected: true })
    const [home, other] = servers.nodes
    if (!home || !other) return
    const place = { siteKey: servers.site.key, origin: ORIGIN }
    const perVisit = await bytesElsewhere(home, other, place, VISITORS)
    await servers.stop()
    note('a visit that another node decides about', kilobytes(perVisit), {
      text: '≤ 1 KB',
      got: perVisit,
      most: 1_024,
    })
  },
}
