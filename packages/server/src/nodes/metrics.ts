import { Counter, Gauge, type Registry } from 'prom-client'
import type { Nodes } from './nodes.ts'

type Asked = Pick<Nodes, 'figures' | 'together' | 'others'>

/** What `/metrics` tells of the other nodes, where there may be some. */
export function nodesMetrics(
  registry: Registry,
  nodes: Asked,
  more: { visits(): { here: number; elsewhere: number }; offsetMs(): number },
): void {
  const registers = [registry]
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('beckon_redis_up', 'Whether this node is together with the others over Redis.', () =>
    nodes.together ? 1 : 0,
  )
  gauge('beckon_other_nodes', 'Other nodes that are there.', () => nodes.others.length)
  gauge(
    'beckon_clock_offset_seconds',
    "By how much the database's clock is ahead of this machine's.",
    () => more.offsetMs() / 1_000,
  )
  new Gauge({
    name: 'beckon_visits_at_home',
    help: 'Visits in the list by where they are decided: here or elsewhere.',
    labelNames: ['where'] as const,
    registers,
    collect() {
      const { here, elsewhere } = more.visits()
      this.set({ where: 'here' }, here)
      this.set({ where: 'elsewhere' }, elsewhere)
    },
  })
  const counter = (name: string, help: string, label: string, read: () => Record<string, number>) =>
    new Counter({
      name,
      help,
      labelNames: [label],
      registers,
      collect() {
        this.reset()
        for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count)
      },
    })
  counter('beckon_node_messages_total', 'Messages between nodes.', 'way', () => {
    const { said, heard } = nodes.figures
    return { said, heard }
  })
  counter(
    'beckon_node_refused_total',
    'Of what came from Redis, what no node of ours says.',
    'what',
    () => nodes.figures.refused,
  )
  counter(
    'beckon_node_losses_total',
    'What made this node read again: messages that could not be said or are missing, lost links, standing still.',
    'what',
    () => {
      const { dropped, gaps, lost, frozen } = nodes.figures
      return { unsaid: dropped, missing: gaps, link: lost, frozen }
    },
  )
}
