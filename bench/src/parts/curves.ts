import { watchList } from '../looks.ts'
import { historyAt } from '../measures/history.ts'
import { pageViewToRow } from '../measures/latency.ts'
import { writeAt, writersFor, writersOf } from '../measures/messages.ts'
import { gathered, strainOn } from '../measures/strain.ts'
import type { Series } from '../report/chart.ts'
import { cores, megabytes, ms, whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { simulatedAgent } from '../simulated-agent.ts'
import { sendReaders } from './load.ts'
import { ORIGIN, type Part, scaled } from './part.ts'

type Line = { name: string; points: [number, number][] }
const line = (name: string): Line => ({ name, points: [] })

const VISITORS = [1_000, 3_000, 6_000, 12_000, 18_000].map(scaled)

const visitors: Part = {
  name: 'curve-visitors',
  title: 'As visitors grow',
  how: 'One process, a page view per visitor every 30 s, five agents with a filter of their own. The crowd grows in steps on the same server; each step is measured for ten seconds.',
  curve: true,
  async run({ note, chart }) {
    const servers = await startServers(ORIGIN)
    const [node] = servers.nodes
    if (!node) return
    const agent = await simulatedAgent(node.base, servers.rest.cookie)
    for (let index = 0; index < 5; index++) watchList(agent, index, () => {})
    const place = { base: node.base, siteKey: servers.site.key, origin: ORIGIN }
    const delay = line('loop delay p99')
    const row = line('page view → row p95')
    const memory = line('server')
    const cpu = line('server')
    const loads = []
    let here = 0
    for (const wanted of VISITORS) {
      const load = sendReaders(servers, wanted - here, { perSecond: 400 })
      await gathered(load, wanted - here, 90)
      loads.push(load)
      here = wanted
      const strain = await strainOn(node, load, 10)
      const toRow = await pageViewToRow(agent, place, { samples: 40 })
      delay.points.push([wanted, strain.loopDelayP99])
      row.points.push([wanted, toRow.p95])
      memory.points.push([wanted, node.memory() / 2 ** 20])
      cpu.points.push([wanted, strain.cores])
      note(
        `${whole(wanted)} visitors`,
        `loop delay p99 ${ms(strain.loopDelayP99)}, page view → row p95 ${ms(toRow.p95)}, ${cores(strain.cores)}, ${megabytes(node.memory())}`,
      )
    }
    const x = { label: 'visitors online' }
    chart({
      id: 'visitors-time',
      title: 'Waiting, by visitors online',
      x,
      y: { label: 'ms' },
      series: [row, delay],
    })
    chart({
      id: 'visitors-cpu',
      title: 'Processor, by visitors online',
      x,
      y: { label: 'cores' },
      series: [cpu],
    })
    chart({
      id: 'visitors-memory',
      title: 'Memory, by visitors online',
      x,
      y: { label: 'MB' },
      series: [memory],
    })
    await Promise.all(loads.map((load) => load.stop()))
    agent.close()
    await servers.stop()
  },
}

const AGENTS = [1, 5, 10, 20, 35, 50]
const AMONG = scaled(5_000)

const agents: Part = {
  name: 'curve-agents',
  title: 'As agents grow',
  how: `${whole(AMONG)} visitors on one process, a page view each every 30 s; every agent has a window of 100 rows and the totals open. Up to twenty have a filter and an order of their own, then they begin to share.`,
  curve: true,
  async run({ note, chart }) {
    const servers = await startServers(ORIGIN)
    const [node] = servers.nodes
    if (!node) return
    const load = sendReaders(servers, AMONG, { perSecond: 400 })
    await gathered(load, AMONG, 60)
    const there = []
    const delay = line('loop delay p99')
    const cpu = line('server')
    for (const wanted of AGENTS) {
      while (there.length < wanted) {
        const agent = await simulatedAgent(node.base, servers.rest.cookie)
        watchList(agent, there.length, () => {})
        there.push(agent)
      }
      const strain = await strainOn(node, load, 8)
      delay.points.push([wanted, strain.loopDelayP99])
      cpu.points.push([wanted, strain.cores])
      note(`${wanted} agents`, `loop delay p99 ${ms(strain.loopDelayP99)}, ${cores(strain.cores)}`)
    }
    const x = { label: 'agents with Who’s On open' }
    chart({
      id: 'agents-cpu',
      title: 'Processor, by agents',
      x,
      y: { label: 'cores' },
      series: [cpu],
    })
    chart({
      id: 'agents-time',
      title: 'Waiting, by agents',
      x,
      y: { label: 'ms' },
      series: [delay],
      limit: { at: 50, name: 'budget' },
    })
    for (const agent of there) agent.close()
    await load.stop()
    await servers.stop()
  },
}

const RATES = [100, 300, 1_000, 2_000, 3_500, 5_000].map(scaled)

const chat: Part = {
  name: 'curve-messages',
  title: 'As messages grow',
  how: 'As under “Chat messages a second”, at rising rates for five seconds each, on the same server.',
  curve: true,
  async run({ note, chart }) {
    const servers = await startServers(ORIGIN)
    const writers = await writersFor(servers, ORIGIN, writersOf(Math.max(...RATES)))
    const lines = [line('p50'), line('p95'), line('p99')] as const
    for (const perSecond of RATES) {
      const { p50, p95, p99, acknowledged } = await writeAt(writers, { perSecond, seconds: 5 })
      for (const [n, value] of [p50, p95, p99].entries()) lines[n]?.points.push([perSecond, value])
      note(
        `${whole(perSecond)} sent a second`,
        `${whole(acknowledged)} acknowledged a second; p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}`,
      )
    }
    chart({
      id: 'messages-time',
      title: 'Sent → committed and acknowledged',
      x: { label: 'messages a second' },
      y: { label: 'ms' },
      series: lines,
      limit: { at: 25, name: 'budget of p99' },
    })
    writers.leave()
    await servers.stop()
  },
}

const MOST_MS = 200

const history: Part = {
  name: 'curve-history',
  title: 'As history grows',
  how: 'What agents ask of the past, over REST, on both databases filled with so many messages (8 to a chat, one chat in 4 invited, 5 page views to each): the p95 of 20 questions each. A question that reads whole tables would grow as its history does, a thousand times from left to right.',
  why: 'A report is counted from the rows themselves, so that it cannot drift from them, and one of everything counts every invitation there ever was: at the last step 312,500.',
  curve: true,
  async run({ note, chart }) {
    const largest = scaled(10_000_000)
    for (const engine of ['sqlite', 'postgres'] as const) {
      const series: Series[] = []
      for (const { question, points } of await historyAt(engine, largest)) {
        series.push({ name: question, points })
        const [rows, p95] = points.at(-1) ?? [0, Number.NaN]
        note(`${question}, ${engine}, ${whole(rows)} messages`, `p95 ${ms(p95)}`, {
          text: `≤ ${MOST_MS} ms`,
          got: p95,
          most: MOST_MS,
        })
      }
      chart({
        id: `history-${engine}`,
        title: `Questions about the past, p95, ${engine === 'sqlite' ? 'embedded' : 'PostgreSQL'}`,
        x: { label: 'messages stored', scale: 'log' },
        y: { label: 'ms', scale: 'log' },
        series,
        limit: { at: MOST_MS, name: 'budget' },
      })
    }
  },
}

export const curves: readonly Part[] = [visitors, agents, chat, history]
