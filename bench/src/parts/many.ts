import { watchList } from '../looks.ts'
import { gathered, strainOn } from '../measures/strain.ts'
import { cores, megabytes, ms, whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { simulatedAgent } from '../simulated-agent.ts'
import { sendReaders } from './load.ts'
import { ORIGIN, type Part, scaled } from './part.ts'

const AGENTS = 20
const SECONDS = 15

const partOf = (of: {
  name: string
  title: string
  visitors: number
  nodes: number
  perSecond: number
}): Part => ({
  ...of,
  how: `A page view per visitor every 30 s; each of ${AGENTS} agents watches a window of 100 rows with a filter or an order of its own, and the totals, for ${SECONDS} s once all have come. Visitors are ${of.nodes > 1 ? `shared out over ${of.nodes} processes on one PostgreSQL and one Redis` : 'on one process with the embedded database'}.`,
  async run({ note }) {
    const servers = await startServers(ORIGIN, { nodes: of.nodes })
    const { nodes, rest } = servers
    let interval = 0
    const agents = []
    for (let index = 0; index < AGENTS; index++) {
      const agent = await simulatedAgent(nodes[index % nodes.length]?.base ?? '', rest.cookie)
      watchList(agent, index, (pace) => {
        interval = Math.max(interval, pace)
      })
      agents.push(agent)
    }
    const load = sendReaders(servers, of.visitors, { perSecond: of.perSecond })
    const here = await gathered(load, of.visitors, (of.visitors / of.perSecond) * 1.5 + 20)
    interval = 0
    const strains = await Promise.all(nodes.map((node) => strainOn(node, load, SECONDS)))
    const least = of.visitors * 0.95
    note('online', whole(here), { text: `≥ ${whole(least)}`, got: here, least })
    for (const [n, strain] of strains.entries()) {
      const which = nodes.length > 1 ? `, process ${n + 1}` : ''
      note(`loop delay p99${which}`, ms(strain.loopDelayP99), {
        text: '≤ 50 ms',
        got: strain.loopDelayP99,
        most: 50,
      })
      note(`CPU of the server${which}`, cores(strain.cores))
      note(`memory of the server${which}`, megabytes(nodes[n]?.memory() ?? 0))
    }
    note('CPU of the load (same machine)', cores(strains[0]?.loadCores ?? 0))
    note('slowest pace of the agents’ frames', ms(interval))
    for (const agent of agents) agent.close()
    await load.stop()
    await servers.stop()
  },
})

export const many = partOf({
  name: 'many',
  title: 'Eighteen thousand on one process',
  visitors: scaled(18_000),
  nodes: 1,
  perSecond: 400,
})
export const nodes = partOf({
  name: 'nodes',
  title: 'Fifty thousand on three processes',
  visitors: scaled(50_000),
  nodes: 3,
  perSecond: 450,
})
