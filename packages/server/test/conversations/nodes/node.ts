import { createBanList } from '../../../src/bans/ban-list.ts'
import { createConversations } from '../../../src/conversations/conversations.ts'
import { createDirectory } from '../../../src/directory/load.ts'
import { fakeGeo } from '../../../src/geo/geo.ts'
import { openNodes } from '../../../src/nodes/open-nodes.ts'
import { createSeals } from '../../../src/sign-in/seals.ts'
import { openStore } from '../../../src/store/open-store.ts'
import type { FakeClock } from '../../../src/time/fake-clock.ts'
import { createVisits } from '../../../src/visits/visits.ts'
import { openTcpProxy } from '../../tcp-proxy.ts'
import { CONVERSATION_SETTINGS, EVERYBODY_HERE } from '../scene.ts'

export type ModelNode = Awaited<ReturnType<typeof openModelNode>>

/** Nobody idles out: in a history, visits end when it says so. */
const VISIT_SETTINGS = {
  graceSeconds: 10,
  idleMinutes: 1_000_000,
  removedSeconds: 60,
  keepWhileReading: false,
}

/**
 * A node as `app.ts` joins one together, without its HTTP: the real store, nodes, bus, visits and
 * conversations. It reaches Redis by a way that can be cut.
 */
export async function openModelNode({
  databaseUrl,
  redisPort,
  clock,
  faults,
}: {
  databaseUrl: string
  redisPort: number
  clock: FakeClock
  faults: unknown[]
}) {
  const log = {
    error: (details: object, message: string) => void faults.push({ ...details, what: message }),
    warn() {},
    info() {},
  }
  const way = await openTcpProxy(redisPort)
  const redisUrl = `redis://127.0.0.1:${way.port}`
  const store = await openStore({ dataDir: '', databaseUrl, clock, onlyNode: false })
  const others = await openNodes({ redisUrl, store, clock, log })
  const { bus, nodes } = others
  if (!nodes) throw new Error('A node of several')
  const directory = await createDirectory({ store, bus, several: true })
  const bans = createBanList({ store, clock })
  const settings = VISIT_SETTINGS
  const geo = fakeGeo()
  const visits = createVisits({ store, directory, bus, clock, settings, geo, bans, log, nodes })
  const conversations = createConversations({
    store,
    directory,
    bus,
    clock,
    presence: visits.presence,
    settings: CONVERSATION_SETTINGS,
    lines: EVERYBODY_HERE,
    log,
    seals: createSeals(() => ['a key that all nodes have, for what is typed']),
  })
  const heard = new Map<string, number>()
  nodes.hear('mark', (node, said) => {
    heard.set(node, (said as unknown as { n: number }).n)
    return true
  })
  await others.join(directory)
  await visits.start()
  await conversations.start()

  async function stop(): Promise<void> {
    await conversations.stop()
    await visits.stop()
    await others.stop()
    await store.close()
    await way.close()
  }

  return {
    store,
    nodes,
    directory,
    visits,
    conversations,
    /** The last mark that was heard of another node. */
    heardOf: (node: string): number => heard.get(node) ?? 0,
    /** What other nodes rang for has been looked up and told. */
    told: () => (bus as typeof bus & { settled(): Promise<void> }).settled(),
    /** Says goodbye: its visits are taken over at once. */
    stop,
    /** As with a crash: nobody is told. */
    async die(): Promise<void> {
      await way.close()
      await stop()
    },
  }
}
