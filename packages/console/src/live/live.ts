import { carriers } from '@beckon/client/carriers'
import { type Connection, connect, newClientId } from '@beckon/client/connection'
import { openStream } from '@beckon/client/stream-carrier'
import { createSubscriptions, type TopicOf } from '@beckon/client/streams'
import {
  type AgentCommand,
  type AgentFrame,
  type AgentHello,
  type AgentServerFrame,
  CLOSE,
  type CommandResult,
  PROTOCOL_VERSION,
  type TopicName,
} from '@beckon/protocol'
import { api } from '../api.ts'
import { serverClock } from '../server-clock.ts'
import { type Asked, createCommands } from './commands.ts'
import { createTopics, type SharedTopic } from './topics.ts'

/*
 * The console's one connection: subscriptions, commands and the server's clock. It opens when the
 * first component looks at something and stays until the sign-in ends.
 */

export type LiveStatus = {
  connected: boolean
  everConnected: boolean
  /** By this browser's clock: when the next try comes, while there is none. */
  retryAt: number | undefined
  lostAt: number | undefined
}

// The server beats after 2 s of quiet. Five missed beats are a dead line, not a slow one.
const SILENCE_MS = 10_000

const NEVER: LiveStatus = {
  connected: false,
  everConnected: false,
  retryAt: undefined,
  lostAt: undefined,
}

/** Where WebSocket is blocked the same frames go over plain HTTP. */
const socket = carriers({
  tries: 2,
  stream: (address) =>
    openStream(address, { headers: { 'x-beckon': '1' }, credentials: 'same-origin' }),
})

let connection: Connection<AgentFrame | AgentHello> | undefined
let status = NEVER
let lastFrameAt = 0
const watchers = new Set<() => void>()

const send = (frame: AgentFrame): boolean => connection?.send(frame) ?? false
const subscriptions = createSubscriptions({ send })
const topics = createTopics(subscriptions)
const commands = createCommands({ send, newId: () => newClientId() })

function become(next: LiveStatus): void {
  status = next
  for (const watcher of watchers) watcher()
}

function onFrame(frame: AgentServerFrame): void {
  lastFrameAt = Date.now()
  if (frame.type === 'welcome' || frame.type === 'beat') serverClock.correct(frame.now)
  if (!subscriptions.frame(frame)) commands.frame(frame)
}

function start(): void {
  if (connection) return
  const { protocol, host } = window.location
  connection = connect<AgentFrame | AgentHello, AgentServerFrame>({
    url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws/agent`,
    socket,
    hello: () => ({ type: 'hello', v: PROTOCOL_VERSION }),
    silenceMs: SILENCE_MS,
    onFrame,
    onState(state, { retryMs = 0, code }) {
      if (state === 'open') {
        become({ connected: true, everConnected: true, retryAt: undefined, lostAt: undefined })
        subscriptions.opened()
        commands.opened()
      } else if (state === 'stopped') {
        stop()
        // What is refused leads on: to the sign-in, or to a second step that is asked for now.
        if (code === CLOSE.signed_out) void api('GET', '/me/preferences').catch(() => {})
      } else {
        become({
          ...status,
          connected: false,
          lostAt: status.lostAt ?? Date.now(),
          retryAt: state === 'lost' ? Date.now() + retryMs : undefined,
        })
      }
    },
  })
}

function stop(): void {
  connection?.close()
  connection = undefined
  commands.dropAll()
  become(NEVER)
}

export const live = {
  status: (): LiveStatus => status,
  /** When the last frame came, by this browser's clock; 0 = none yet. */
  lastFrameAt: (): number => lastFrameAt,
  watch(watcher: () => void): () => void {
    watchers.add(watcher)
    start()
    return () => watchers.delete(watcher)
  },
  retry: (): void => connection?.retry(),
  /** The sign-in has ended. The next look at anything connects again. */
  stop,
  share<N extends TopicName>(key: string, topic: TopicOf<N>): SharedTopic<N> {
    start()
    return topics.share(key, topic)
  },
}

/**
 * Asks the server for something. Rejects with a CommandRefused. Without a connection it waits and
 * goes out by itself, unless `signal` takes it back first.
 */
export function sendCommand<T extends AgentCommand['type']>(
  command: Asked<T> & { type: T },
  options?: { signal?: AbortSignal },
): Promise<CommandResult[T]> {
  start()
  return commands.ask<T>(command, options)
}

/** Frames that nobody answers: typing, delivered, seen, and what the console attends to. Lost without a connection, and rightly so. */
export function sendSignal(
  frame: Extract<AgentFrame, { type: 'chat.typing' | 'chat.seen' | 'chat.delivered' | 'attend' }>,
): void {
  send(frame)
}
