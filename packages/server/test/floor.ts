import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  AgentFrame,
  AgentServerFrame,
  Topic,
  VisitorFrame,
  VisitorHello,
  VisitorServerFrame,
} from '@beckon/protocol'
import fastify from 'fastify'
import { applyEvent } from '../../client/src/apply.ts'
import type { AgentActor } from '../src/agents/actor.ts'
import { createBanList } from '../src/bans/ban-list.ts'
import type { Link, Site } from '../src/directory/directory.ts'
import { fakeGeo, type Geo } from '../src/geo/geo.ts'
import { addProblems } from '../src/http/problem.ts'
import type { AgentDoors, VisitorDoors } from '../src/realtime/doors.ts'
import { createMemoryBus } from '../src/realtime/memory-bus.ts'
import { attachSockets } from '../src/realtime/sockets.ts'
import { streamRoutes } from '../src/realtime/streams.ts'
import { openStore } from '../src/store/open-store.ts'
import { systemClock } from '../src/time/clock.ts'
import { type FakeClock, fakeClock } from '../src/time/fake-clock.ts'
import { createVisits } from '../src/visits/visits.ts'
import { newDatabaseUrl } from './database.ts'
import { helloWith } from './said-hello.ts'
import {
  ADA,
  actorNamed,
  BLOG,
  BRAND,
  CHROME,
  FOREIGN,
  OTHER_BRAND,
  SHOP,
  siteNamed,
  standingDirectory,
} from './standing-directory.ts'
import { type Wire, wireTo } from './wire.ts'

/*
 * A server floor for tests of visits and sockets: the real store, visits and sockets on port 0, a
 * directory that stands still until told to change, and raw WebSockets for visitors and agents.
 */

export * from './said-hello.ts'
export * from './standing-directory.ts'

export type FloorOptions = {
  sites?: Site[]
  links?: Link[]
  geo?: Geo
  dataDir?: string
  databaseUrl?: string | undefined
  clock?: FakeClock
  connectionsPerIp?: number
  visitorDoors?: VisitorDoors
  agentDoors?: AgentDoors
  /** Real time instead of a clock that stands still. */
  realTime?: boolean
}

export type Floor = Awaited<ReturnType<typeof openFloor>>

export async function openFloor(options: FloorOptions = {}) {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'beckon-floor-')))
  const clock = options.clock ?? fakeClock()
  const time = options.realTime ? systemClock : clock
  const bus = createMemoryBus()
  const standing = standingDirectory(
    options.sites ?? [
      siteNamed(SHOP, BRAND),
      siteNamed(BLOG, BRAND),
      siteNamed(FOREIGN, OTHER_BRAND),
    ],
    options.links,
  )
  const { directory } = standing
  const faults: unknown[] = []
  const log = { error: (details: object) => void faults.push(details) }
  const databaseUrl = options.databaseUrl ?? (await newDatabaseUrl())
  const store = await openStore({ dataDir, databaseUrl, clock: time })
  const visits = createVisits({
    store,
    directory,
    bus,
    clock: time,
    settings: { graceSeconds: 10, idleMinutes: 15, removedSeconds: 60, keepWhileReading: true },
    geo: options.geo ?? fakeGeo(),
    bans: createBanList({ store, clock: time }),
    log,
  })
  await visits.start()
  const app = fastify()
  const actors = new Map<string, AgentActor>()
  const sockets = attachSockets({
    server: app.server,
    visits,
    doors: {
      visitor: options.visitorDoors ?? {},
      agent: { ...visits.agentDoors, ...options.agentDoors },
    },
    topics: visits.topics,
    signIns: { actorOf: async (token) => (token ? actors.get(token) : undefined) },
    directory,
    bus,
    clock: time,
    settings: {
      trustProxy: 1,
      pingSeconds: 20,
      pongSeconds: 10,
      connectionsPerIp: options.connectionsPerIp,
    },
    log,
  })
  addProblems(app, { log })
  streamRoutes(app, sockets, {})
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const open = new Set<Wire<never, never>>()
  let visitors = 0
  let agents = 0

  const floor = {
    clock,
    store,
    bus,
    visits,
    sockets,
    faults,
    port,
    dataDir,
    databaseUrl,
    actors,
    changeSite: standing.change,

    dial<In, Out>(path: string, headers: Record<string, string>): Wire<In, Out> {
      const wire = wireTo<In, Out>(`ws://127.0.0.1:${port}${path}`, headers)
      open.add(wire as never)
      return wire
    },

    /** A page opened by a browser: connects, says hello, is welcomed. */
    async visitor(
      hello: Partial<VisitorHello> & { ip?: string; origin?: string; ua?: string } = {},
    ) {
      const wire = floor.knock(hello)
      const welcome = await wire.next('welcome')
      return Object.assign(wire, { welcome })
    },

    /** As `visitor`, without waiting for the welcome. */
    knock(hello: Partial<VisitorHello> & { ip?: string; origin?: string; ua?: string } = {}) {
      const { ip, origin, ua, ...said } = hello
      const wire = floor.dial<VisitorFrame | VisitorHello, VisitorServerFrame>('/ws/visitor', {
        origin: origin ?? 'http://localhost:8080',
        'user-agent': ua ?? CHROME,
        'x-forwarded-for': ip ?? `203.0.113.${(visitors++ % 250) + 1}`,
      })
      wire.say(helloWith(said))
      return wire
    },

    /** A console signed in as an agent. */
    async agent(actor: AgentActor = actorNamed(ADA, [BRAND])) {
      const token = `${String(agents++).padStart(3, '0')}${'t'.repeat(40)}`
      actors.set(token, actor)
      const wire = floor.dial<AgentFrame | { type: 'hello'; v: number }, AgentServerFrame>(
        '/ws/agent',
        {
          origin: `http://127.0.0.1:${port}`,
          cookie: `beckon-http=${token}`,
        },
      )
      wire.say({ type: 'hello', v: 1 })
      await wire.next('welcome')
      let lastSub = 0
      return Object.assign(wire, {
        token,
        async subscribe(topic: Topic) {
          const sub = ++lastSub
          wire.say({ type: 'subscribe', sub, topic })
          const snapshot = await wire.next('snapshot', (frame) => frame.sub === sub)
          return {
            sub,
            first: snapshot.state,
            /** The state as the console has it after everything received so far. */
            get state(): unknown {
              return heardState(wire.heard, sub, topic)
            },
          }
        },
      })
    },

    /** Everything said so far has arrived and everything coalesced has gone out. */
    async settled() {
      for (const wire of open) await wire.pinged()
      await visits.flush()
      for (const wire of open) await wire.pinged()
    },

    /** Lets time pass in steps, with answers to pings in between. */
    async pass(ms: number) {
      // Short enough that no connection seems silent meanwhile.
      const step = ms > 60_000 ? 9_000 : 1_000
      for (let left = ms; left > 0; left -= step) {
        clock.advance(Math.min(left, step))
        await floor.settled()
      }
    },

    async stop({ keepData = false } = {}) {
      for (const wire of open) wire.socket.terminate()
      await sockets.close()
      await visits.stop()
      await store.close()
      app.server.closeAllConnections()
      await app.close()
      if (!keepData) await rm(dataDir, { recursive: true, force: true })
    },
    [Symbol.asyncDispose]: () => floor.stop(),
  }
  return floor
}

function heardState(heard: readonly AgentServerFrame[], sub: number, { topic }: Topic): unknown {
  let state: unknown
  let n = 0
  for (const frame of heard) {
    if (frame.type === 'snapshot' && frame.sub === sub) {
      state = frame.state
      n = 0
    }
    if (frame.type !== 'event' || frame.sub !== sub) continue
    if (frame.n !== ++n) throw new Error(`event ${frame.n} where ${n} was due`)
    state = applyEvent(topic, state as never, frame.event as never)
  }
  return state
}
