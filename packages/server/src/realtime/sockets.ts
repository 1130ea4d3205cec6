import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CLOSE, LIMITS } from '@beckon/protocol'
import { WebSocketServer } from 'ws'
import type { AgentActor } from '../agents/actor.ts'
import type { Directory } from '../directory/directory.ts'
import { clientIp, parseTrust } from '../http/client-ip.ts'
import { isConsoleOrigin } from '../http/origin.ts'
import type { Nodes } from '../nodes/nodes.ts'
import { readSignInCookie } from '../sign-in/cookie.ts'
import { type Clock, seconds } from '../time/clock.ts'
import type { Caller } from '../visits/beginnings.ts'
import type { Visits } from '../visits/visits.ts'
import { AgentConnection } from './agent-socket.ts'
import { createAnswers } from './answers.ts'
import type { Bus } from './bus.ts'
import { type Carrier, type Connection, listen } from './connection.ts'
import type { AgentDoors, TopicDoors, VisitorDoors } from './doors.ts'
import { createHub } from './hub.ts'
import { createRefusals } from './refusals.ts'
import { createStrain } from './strain.ts'
import { Stream } from './stream.ts'
import { VisitorConnection } from './visitor-socket.ts'

export type SocketSettings = {
  readonly publicUrl?: string | undefined
  readonly trustProxy?: string | number | readonly string[] | undefined
  readonly pingSeconds: number
  readonly pongSeconds: number
  /** Connections per address and site; LIMITS.connectionsPerIp unless set. */
  readonly connectionsPerIp?: number | undefined
}

const MOVE_WITHIN_MS = 10_000
/** To other nodes they go one by one, each leaving here once it is welcome there. */
const SPREAD_MS = 4_000
const LINGER_MS = 5_500
/** An upgrade with more headers or a longer agent string is no browser. */
const HEADER_LENGTH = 1_024

export type Sockets = ReturnType<typeof attachSockets>

/** The two WebSocket endpoints, `/ws/visitor` and `/ws/agent`, on the server's upgrades. */
export function attachSockets(deps: {
  server: Server
  visits: Visits
  doors: { visitor: VisitorDoors; agent: AgentDoors }
  topics: TopicDoors
  signIns: { actorOf(token: string | undefined): Promise<AgentActor | undefined> }
  directory: Directory
  bus: Bus
  clock: Clock
  settings: SocketSettings
  log: { error(details: object, message: string): void }
  /** Where this is one of several: connections are numbered by each, and may move to another. */
  nodes?: Pick<Nodes, 'name' | 'together' | 'others'> | undefined
}) {
  const { nodes } = deps
  const node = nodes?.name ?? ''
  const { server, visits, doors, topics, signIns, directory, bus, clock, settings, log } = deps
  const now = () => clock.now()
  const trust = parseTrust(settings.trustProxy)
  const fault = (error: unknown, what: string) => log.error({ err: error }, what)
  const limits = {
    helloMs: LIMITS.helloMs,
    pingMs: seconds(settings.pingSeconds),
    pongMs: seconds(settings.pongSeconds),
  }
  const guard = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxFragments: 32,
    maxBufferedChunks: 256,
  } as const
  const visitorServer = new WebSocketServer({ ...guard, maxPayload: LIMITS.visitorFrameBytes })
  const agentServer = new WebSocketServer({ ...guard, maxPayload: LIMITS.agentFrameBytes })

  const visitorHub = createHub({
    clock,
    limits,
    swept: (connection, moment) => (connection as VisitorConnection).tick(moment),
  })
  const agentHub = createHub({
    clock,
    limits,
    swept: (connection, moment) => (connection as AgentConnection).tick(moment),
  })
  const refused = { visitor: createRefusals(), agent: createRefusals() }
  const perAddress = new Map<string, number>()
  const allowed = settings.connectionsPerIp ?? LIMITS.connectionsPerIp
  let numbered = 0
  let closing = false

  const visitorWorld = {
    visits,
    doors: doors.visitor,
    fault,
    refused: refused.visitor,
    strain: createStrain(),
    enter(ip: string, site: string): boolean {
      const key = `${site} ${ip}`
      const here = perAddress.get(key) ?? 0
      if (here >= allowed) return false
      perAddress.set(key, here + 1)
      return true
    },
    leave(ip: string, site: string) {
      const key = `${site} ${ip}`
      const here = (perAddress.get(key) ?? 1) - 1
      if (here > 0) perAddress.set(key, here)
      else perAddress.delete(key)
    },
    left: (connection: VisitorConnection) => void visitorHub.connections.delete(connection),
  }
  const agentWorld = {
    doors: doors.agent,
    topics,
    answers: createAnswers(now),
    actorOf: signIns.actorOf,
    /** Nobody can tell that a sign-in has ended elsewhere. */
    alone: () => nodes !== undefined && !nodes.together,
    fault,
    refused: refused.agent,
    left: (connection: AgentConnection) => void agentHub.connections.delete(connection),
  }
  const agents = () => agentHub.connections as Set<AgentConnection>

  function welcomeVisitor(carrier: Carrier, caller: Caller): Connection {
    const connection = new VisitorConnection(`${node}v${++numbered}`, carrier, {
      caller,
      world: visitorWorld,
      now,
    })
    visitorHub.connections.add(connection)
    return connection
  }

  function welcomeAgent(
    carrier: Carrier,
    token: string | undefined,
    actor: AgentActor | undefined,
  ): Connection | undefined {
    // A browser cannot read the status of a refused upgrade; it can read a close code.
    if (!actor) return void carrier.close(CLOSE.signed_out, 'not signed in')
    const connection = new AgentConnection(`${node}a${++numbered}`, carrier, {
      actor,
      token,
      world: agentWorld,
      now,
    })
    agentHub.connections.add(connection)
    return connection
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const path = request.url?.split('?', 1)[0]
    socket.on('error', () => socket.destroy())
    if (closing) return refuse(socket, '503 Service Unavailable', 'Retry-After: 2\r\n')
    if (path === '/ws/visitor') {
      const caller = callerOf(request)
      return visitorServer.handleUpgrade(request, socket, head, (opened) =>
        listen(welcomeVisitor(opened, caller), opened, socket),
      )
    }
    if (path === '/ws/agent') {
      if (!isConsoleOrigin(request.headers, settings)) return refuse(socket, '403 Forbidden')
      const token = readSignInCookie(request.headers, settings)
      signIns.actorOf(token).then(
        (actor) =>
          agentServer.handleUpgrade(request, socket, head, (opened) => {
            const connection = welcomeAgent(opened, token, actor)
            if (connection) listen(connection, opened, socket)
          }),
        (error: unknown) => {
          fault(error, 'looking up a sign-in failed')
          refuse(socket, '503 Service Unavailable', 'Retry-After: 2\r\n')
        },
      )
      return
    }
    refuse(socket, '404 Not Found')
  }

  function callerOf(request: IncomingMessage): Caller {
    const { headers } = request
    const origin = headers.origin?.slice(0, HEADER_LENGTH)
    return {
      ip: clientIp({ headers, peer: request.socket.remoteAddress }, trust),
      origin,
      sameOrigin: isConsoleOrigin(headers, settings),
      userAgent: headers['user-agent']?.slice(0, HEADER_LENGTH) ?? '',
      acceptLanguage: headers['accept-language']?.slice(0, HEADER_LENGTH),
      privacyControl: headers['sec-gpc'] === '1',
    }
  }

  const stops = [
    bus.subscribe((word) => {
      if (word.type === 'revoked') {
        for (const connection of agents()) {
          const { agentId, signInId } = connection.actor
          const ended = word.signInIds ? word.signInIds.includes(signInId) : true
          if (agentId === word.agentId && ended) connection.close(CLOSE.signed_out, 'signed out')
        }
      }
    }),
    directory.onChange(() => {
      for (const connection of agents()) void connection.recheck()
    }),
  ]
  server.on('upgrade', upgrade)

  return {
    /** How often frames were refused since the start, by code. */
    refused: { visitor: refused.visitor.counts, agent: refused.agent.counts },
    get figures() {
      return {
        visitors: visitorHub.connections.size,
        agents: agentHub.connections.size,
        streams: { visitors: streamsOf(visitorHub), agents: streamsOf(agentHub) },
      }
    },
    /** What `streamRoutes` needs to let in whoever has no WebSocket. */
    get closing() {
      return closing
    },
    callerOf,
    actorOf: signIns.actorOf,
    welcomeVisitor,
    welcomeAgent,
    /** Tells everybody to move, finishes what is under way, and closes. */
    async close(): Promise<void> {
      closing = true
      for (const stop of stops) stop()
      const busy = () => {
        let work = 0
        for (const one of visitorHub.connections) work += (one as VisitorConnection).busy
        for (const one of agents()) work += one.busy
        return work
      }
      // Alone there is nowhere to go: whoever comes back has to wait for the next start anyhow.
      const going = nodes?.together && nodes.others.length > 0
      const move = going
        ? { withinMs: SPREAD_MS, lingerMs: LINGER_MS, busy }
        : { withinMs: MOVE_WITHIN_MS, lingerMs: 0, busy }
      await Promise.all([visitorHub.close(move), agentHub.close(move)])
      server.off('upgrade', upgrade)
    },
  }
}

/** Counted when somebody asks: most have none, and need no book about it. */
function streamsOf({ connections }: { connections: ReadonlySet<Connection> }): number {
  let streams = 0
  for (const { socket } of connections) if (socket instanceof Stream) streams++
  return streams
}

function refuse(socket: Duplex, status: string, headers = '') {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n${headers}\r\n`)
}
