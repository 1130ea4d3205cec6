import {
  type AgentCommand,
  type AgentServerFrame,
  type CommandResult,
  PROTOCOL_VERSION,
  type Topic,
  type TopicName,
  type TopicTypes,
} from '@beckon/protocol'
import { WebSocket } from 'ws'

/** Headers the server wants on every changing request that a cookie authenticates. */
const REST_HEADERS = { 'content-type': 'application/json', 'x-beckon': '1' }

export type Rest = {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  patch<T>(path: string, body: unknown): Promise<T>
  readonly cookie: string
}

/** Signs in over REST and answers calls as that agent. `base` is `http://host:port`. */
export async function signIn(base: string, email: string, password: string): Promise<Rest> {
  let cookie = ''
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { ...REST_HEADERS, origin: base, ...(cookie ? { cookie } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0])
    if (set.length > 0) cookie = set.join('; ')
    return text ? JSON.parse(text) : undefined
  }
  await call('POST', '/sign-in', { email, password })
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    get cookie() {
      return cookie
    },
  }
}

export type Watching<N extends TopicName> = {
  state: TopicTypes[N]['state'] | undefined
  stop(): void
}

export type SimulatedAgent = {
  /** Sends a command; rejects with the refusal's code and sentence. */
  ask<T extends AgentCommand['type']>(
    command: Omit<Extract<AgentCommand, { type: T }>, 'id'> & { type: T; id?: string },
  ): Promise<CommandResult[T]>
  /** Subscribes; every snapshot and event is handed over as it comes. */
  watch<N extends TopicName>(
    topic: Extract<Topic, { topic: N }>,
    seen: (news: { snapshot?: TopicTypes[N]['state']; event?: TopicTypes[N]['event'] }) => void,
  ): () => void
  close(): void
  /** The network is gone from one moment to the next. */
  cut(): void
  /** Takes nothing from the network, as a browser on a machine that is paused; or goes on. */
  hold(still: boolean): void
  /** The code it was closed with. */
  readonly closed: number | undefined
}

/** An agent on a real connection. The cookie comes from `signIn`. */
export async function simulatedAgent(base: string, cookie: string): Promise<SimulatedAgent> {
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/ws/agent`, {
    origin: base,
    headers: { cookie },
    perMessageDeflate: false,
  })
  const asked = new Map<string, { done(result: unknown): void; failed(reason: Error): void }>()
  const watchers = new Map<number, (news: { snapshot?: unknown; event?: unknown }) => void>()
  let count = 0
  let closed: number | undefined

  const take = (frame: AgentServerFrame) => {
    switch (frame.type) {
      case 'snapshot':
        watchers.get(frame.sub)?.({ snapshot: frame.state })
        break
      case 'event':
        watchers.get(frame.sub)?.({ event: frame.event })
        break
      case 'done':
        asked.get(frame.id)?.done(frame.result)
        asked.delete(frame.id)
        break
      case 'refused':
        if (!frame.id) break
        asked.get(frame.id)?.failed(new Error(`${frame.code}: ${frame.message}`))
        asked.delete(frame.id)
        break
      default:
    }
  }

  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', v: PROTOCOL_VERSION })))
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as AgentServerFrame
      if (frame.type === 'welcome') resolve()
      else take(frame)
    })
    socket.on('error', reject)
    socket.on('close', (code) => {
      closed = code
      reject(new Error(`closed with ${code}`))
      for (const { failed } of asked.values()) failed(new Error(`closed with ${code}`))
      asked.clear()
    })
  })

  return {
    ask: (command) =>
      new Promise((done, failed) => {
        count += 1
        const id = command.id ?? `agent-${process.pid}-${count}-${Math.round(performance.now())}`
        if (socket.readyState !== WebSocket.OPEN) return failed(new Error('closed'))
        asked.set(id, { done: done as (result: unknown) => void, failed })
        socket.send(JSON.stringify({ ...command, id }))
      }),
    watch(topic, seen) {
      count += 1
      const sub = count
      watchers.set(sub, seen as (news: { snapshot?: unknown; event?: unknown }) => void)
      socket.send(JSON.stringify({ type: 'subscribe', sub, topic }))
      return () => {
        watchers.delete(sub)
        socket.send(JSON.stringify({ type: 'unsubscribe', sub }))
      }
    },
    close: () => socket.close(1000),
    cut: () => socket.terminate(),
    hold: (still) => (still ? socket.pause() : socket.resume()),
    get closed() {
      return closed
    },
  }
}
