import { watchList } from '../looks.ts'
import { gathered, strainOn } from '../measures/strain.ts'
import type { Product } from '../product.ts'
import { cores, megabytes, ms, whole } from '../report/figures.ts'
import { type Servers, startServers } from '../servers.ts'
import { type SimulatedAgent, simulatedAgent } from '../simulated-agent.ts'
import { sendReaders } from './load.ts'
import { ORIGIN, type Part, scaled } from './part.ts'

const AGENTS = 20
const SECONDS = 15
const LOAD = `A page view per visitor every 30 s, and after seven pages on average somebody else comes; each of ${AGENTS} agents watches a window of 100 rows with a filter or an order of its own, and the totals.`

/** Consoles shared out over the nodes; `slowest` is the longest pace any of them has been told. */
async function agentsAt({ nodes, rest }: Servers) {
  let slowest = 0
  const agents: SimulatedAgent[] = []
  for (let index = 0; index < AGENTS; index++) {
    const agent = await simulatedAgent(nodes[index % nodes.length]?.base ?? '', rest.cookie)
    watchList(agent, index, (pace) => {
      slowest = Math.max(slowest, pace)
    })
    agents.push(agent)
  }
  return {
    get slowest() {
      return slowest
    },
    forget() {
      slowest = 0
    },
    close() {
      for (const agent of agents) agent.close()
    },
  }
}

const VISITORS = scaled(18_000)
const PER_SECOND = 400

export const many: Part = {
  name: 'many',
  title: 'Eighteen thousand on one process',
  how: `${LOAD} Visitors are on one process with the embedded database; measured for ${SECONDS} s once all have come.`,
  async run({ note }) {
    const servers = await startServers(ORIGIN)
    const [node] = servers.nodes
    if (!node) return
    const agents = await agentsAt(servers)
    const load = sendReaders(servers, VISITORS, { perSecond: PER_SECOND })
    const here = await gathered(load, VISITORS, (VISITORS / PER_SECOND) * 1.5 + 20)
    agents.forget()
    const strain = await strainOn(node, load, SECONDS)
    const least = VISITORS * 0.95
    note('online', whole(here), { text: `≥ ${whole(least)}`, got: here, least })
    note('loop delay p99', ms(strain.loopDelayP99), {
      text: '≤ 50 ms',
      got: strain.loopDelayP99,
      most: 50,
    })
    note('CPU of the server', cores(strain.cores))
    note('memory of the server', megabytes(node.memory()))
    note('CPU of the load (same machine)', cores(strain.loadCores))
    note('slowest pace of the agents’ frames', ms(agents.slowest))
    agents.close()
    await load.stop()
    await servers.stop()
  },
}

const NODES = 3
const STEP = scaled(10_000)
const STEPS = 5
const STEP_PER_SECOND = 250
const STEP_SECONDS = 10
/** Beyond that nothing is served any more, and more visitors say nothing. */
const OVER_MS = 500

export const nodes: Part = {
  name: 'nodes',
  title: 'Fifty thousand on three processes',
  how: `${LOAD} Visitors are shared out over ${NODES} processes on one PostgreSQL and one Redis, all of them, the load too, on this machine. They come in steps of ${whole(STEP)}; each step is measured for ${STEP_SECONDS} s once its visitors have come, by the worst of the processes.`,
  why: 'Three servers, PostgreSQL, Redis, 20 consoles and the load share the cores of one machine, and beyond the last good step want more of them than there are.',
  async run({ note }) {
    const servers = await startServers(ORIGIN, { nodes: NODES })
    const agents = await agentsAt(servers)
    const loads = []
    let good = 0
    for (let wanted = STEP; wanted <= STEP * STEPS; wanted += STEP) {
      const load = sendReaders(servers, STEP, { perSecond: STEP_PER_SECOND })
      loads.push(load)
      await gathered(load, STEP, (STEP / STEP_PER_SECOND) * 1.5 + 20)
      const measured = servers.nodes.map((node) => strainOn(node, load, STEP_SECONDS))
      const strains = await Promise.all(measured).catch(() => undefined)
      if (!strains) {
        note(`${whole(wanted)} asked for`, 'no answer to a question within 10 s')
        break
      }
      const here = loads.reduce((sum, one) => sum + one.here, 0)
      const worst = Math.max(...strains.map(({ loopDelayP99 }) => loopDelayP99))
      const used = strains.reduce((sum, one) => sum + one.cores, 0)
      note(
        `${whole(here)} online`,
        `loop delay p99 ${ms(worst)}, ${cores(used)}, ${megabytes(memoryOf(servers.nodes))} together`,
      )
      if (worst <= 50 && here >= wanted * 0.95) good = wanted
      if (worst > OVER_MS || here < wanted * 0.9) break
    }
    const budget = STEP * STEPS
    note('visitors on three processes with loop delay p99 ≤ 50 ms', whole(good), {
      text: `≥ ${whole(budget)}`,
      got: good,
      least: budget,
    })
    agents.close()
    await Promise.all(loads.map((load) => load.stop()))
    await servers.stop()
  },
}

const memoryOf = (nodes: readonly Product[]): number =>
  nodes.reduce((sum, node) => sum + node.memory(), 0)
