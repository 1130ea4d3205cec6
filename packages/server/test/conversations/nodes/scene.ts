import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { AgentId, VisitId } from '@beckon/protocol'
import type { AgentActor } from '../../../src/agents/actor.ts'
import { newId } from '../../../src/ids.ts'
import { actorFrom } from '../../../src/sign-in/actor.ts'
import { fakeClock } from '../../../src/time/fake-clock.ts'
import { newDatabaseUrl } from '../../database.ts'
import { startRedis } from '../../redis-server.ts'
import type { FakeTab } from '../fake-presence.ts'
import type { ModelScene } from '../model/world.ts'
import { seed } from '../scene.ts'
import { openTempStore } from '../temp-store.ts'
import { type ModelNode, openModelNode } from './node.ts'
import { createPages } from './pages.ts'

/** Longer is a fault. */
const HEARD_MS = 15_000

export type NodesScene = Awaited<ReturnType<typeof openNodesScene>>

/**
 * The scene of the histories on several real nodes: PostgreSQL, Redis, and everything above them as
 * in the product. `settle` waits until every node has heard and told what the others said.
 */
export async function openNodesScene(many = 2) {
  const redis = await startRedis()
  const databaseUrl = (await newDatabaseUrl('postgres')) ?? ''
  const clock = fakeClock()
  const faults: unknown[] = []
  const open = () => openModelNode({ databaseUrl, redisPort: redis.port, clock, faults })
  const first = await openTempStore('postgres', databaseUrl)
  const ids = await seed(first, clock.now())
  await first.close()
  const nodes: ModelNode[] = []
  while (nodes.length < many) nodes.push(await open())
  let turn = 0
  let marks = 0
  const now = (): ModelNode => nodes[turn % nodes.length] as ModelNode

  const actor = (agentId: AgentId): AgentActor => {
    const found = actorFrom(now().directory.now, { agentId, signInId: 'sign-in' })
    if (!found) throw new Error('No such agent')
    return found
  }

  const pages = createPages({
    clock,
    now,
    nodes: () => nodes,
    remove(visitId: VisitId) {
      const command = { type: 'visit.remove', id: newId(), visitId } as const
      void now().visits.agentDoors['visit.remove']?.(actor(ids.ada), command)
    },
  })

  /** What was said so far has been heard by everybody: it travels in order. */
  async function heard(): Promise<void> {
    marks += 1
    const n = marks
    for (const node of nodes) node.nodes.say({ type: 'mark', n } as { type: string })
    const until = performance.now() + HEARD_MS
    const missing = () =>
      nodes.some((node) =>
        nodes.some((other) => other !== node && node.heardOf(other.nodes.name) < n),
      )
    while (missing()) {
      if (performance.now() > until) throw new Error('The nodes do not hear each other.')
      await pause(1)
    }
    for (const node of nodes) await node.told()
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      for (const node of nodes) await node.conversations.settled()
      await heard()
    }
    for (const node of nodes) await node.conversations.settled()
  }

  /** Another one takes its place. */
  async function replace(end: (node: ModelNode) => Promise<void>): Promise<void> {
    const at = turn % nodes.length
    const gone = now()
    pages.lose(gone)
    await end(gone)
    nodes[at] = await open()
    await Promise.all(
      nodes.map((node) =>
        until(() => node.nodes.others.length === nodes.length - 1 && node.nodes.together),
      ),
    )
    await settle()
  }

  const scene: ModelScene & { die(): Promise<void>; close(): Promise<void> } = {
    several: true,
    ids,
    clock,
    faults,
    presence: pages.presence,
    get store() {
      return now().store
    },
    get directory() {
      return now().directory
    },
    get conversations() {
      return now().conversations
    },
    actor,
    use(node) {
      turn = node
    },
    conversationsOf: (tab) => (pages.pageOf(tab)?.node ?? now()).conversations,
    settle,
    async advance(ms) {
      clock.advance(ms)
      await Promise.all(nodes.map((node) => node.conversations.settled()))
      // At the same moment, as on machines that have the same clock.
      await Promise.all(nodes.map((node) => node.conversations.sweep()))
      await settle()
    },
    /** A node says goodbye and another one takes its place. */
    restart: () => replace((node) => node.stop()),
    /** A node is gone without a word: the others find out by its silence. */
    die: () => replace((node) => node.die()),
    async set(table, id, change) {
      await now().store.commit((tx) =>
        tx
          .updateTable(table as 'agents')
          .set(change)
          .where('id', '=', id as AgentId)
          .execute(),
      )
      await now().directory.reload()
      await settle()
      const picture = now().directory.now
      await Promise.all(
        nodes.map((node) => until(() => isDeepStrictEqual(node.directory.now, picture))),
      )
      await settle()
    },
    async visitor({ siteId = ids.shop } = {}) {
      const visit = pages.presence.arrive({ visitorId: newId(), brandId: ids.brand, siteId })
      const tab = (await pages.presence.openTab(visit)) as FakeTab
      const { visitorId } = tab
      await settle()
      return { visitorId, visit: Object.assign(visit, { visitorId }), tab }
    },
    async values(agentId, visitId) {
      const topic = await now().conversations.topics.values?.open(
        actor(agentId),
        { topic: 'values', visitId },
        { emit: () => {}, lost: () => {} },
      )
      if (!topic) throw new Error('No values')
      topic.close()
      return topic.state
    },
    async close() {
      for (const node of nodes) await node.stop()
      await redis.stop()
    },
  }
  return scene
}

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + HEARD_MS
  while (!holds()) {
    if (performance.now() > end) throw new Error('The nodes do not come to agree.')
    await pause(5)
  }
}
