import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import type { Bus } from '../realtime/bus.ts'
import { createMemoryBus } from '../realtime/memory-bus.ts'
import { createRedisBus } from '../realtime/redis-bus.ts'
import { createTelling } from '../realtime/telling.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { createCatchUp } from './catch-up.ts'
import type { Nodes } from './nodes.ts'

type NodesLog = {
  error(fact: object, message: string): void
  warn(fact: object, message: string): void
  info(fact: object, message: string): void
}

const ALONE =
  'Redis does not answer. Invitations and chats of other nodes come by the database, and their visitors are shown as they were.'

/** A Redis that does not answer is not waited for: it is not needed to begin. */
const JOIN_MS = 4_000

/** What joins this process to others where REDIS_URL names what carries their words; alone, a bus. */
export async function openNodes(deps: {
  redisUrl: string | undefined
  store: Store
  clock: Clock
  log: NodesLog
}): Promise<{
  bus: Bus
  nodes: Nodes | undefined
  /** Joins the others, once everybody who listens is there. */
  join(directory: Directory): Promise<void>
  /** For whoever watches: what does not work as it should. */
  amiss(): Readonly<Record<string, string>>
  stop(): Promise<void>
}> {
  const { redisUrl, store, clock, log } = deps
  const fault = (error: unknown) => log.error({ err: error }, 'a listener of the bus failed')
  if (redisUrl === undefined) {
    const bus = createMemoryBus({ fault })
    return { bus, nodes: undefined, join: async () => {}, amiss: () => ({}), stop: async () => {} }
  }
  const { createNodes } = await import('./nodes.ts')
  const nodes = createNodes({ redisUrl, installation: await installationOf(store), log })
  let catchUp: ReturnType<typeof createCatchUp> | undefined
  const bus = createRedisBus({ carriage: nodes, fault, onOverflow: () => catchUp?.want() })
  nodes.onGone((node) => {
    bus.silence(node)
    // What it said last may have been lost with it.
    catchUp?.want()
  })
  return {
    bus,
    nodes,
    async join(directory) {
      bus.begin(createTelling({ store, directory }))
      const follow = createCatchUp({ store, directory, clock, nodes, tell: bus.deliver, log })
      catchUp = follow
      nodes.onRead(async () => follow.want())
      await nodes.start(JOIN_MS)
      follow.start()
    },
    amiss: (): Record<string, string> => (nodes.together ? {} : { redis: ALONE }),
    async stop() {
      await catchUp?.stop()
      await nodes.stop()
      await bus.settled()
    },
  }
}

/** Names this installation where several share one Redis: made once, kept with the data. */
function installationOf(store: Store): Promise<string> {
  return store.commit(async (tx) => {
    await tx
      .insertInto('settings')
      .values({ key: 'installation', value: JSON.stringify(newId()) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { value } = await tx
      .selectFrom('settings')
      .select('value')
      .where('key', '=', 'installation')
      .executeTakeFirstOrThrow()
    return JSON.parse(value) as string
  })
}
