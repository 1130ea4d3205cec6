import type { Writable } from 'node:stream'
import { CLOSE, LIMITS, type Timestamp } from '@beckon/protocol'
import type { RawData, WebSocket } from 'ws'
import { inOneWrite } from './one-write.ts'

/** How long a closing peer may take to say goodbye. */
const FAREWELL_MS = 5_000

/** What carries the frames of one connection: a WebSocket, or a stream where those are blocked. */
export type Carrier = {
  readonly readyState: number
  readonly OPEN: number
  /** Said, and not yet taken by the network. */
  readonly bufferedAmount: number
  send(text: string): void
  /** The peer's answer to it is heard. */
  ping(): void
  /** After everything that was sent. */
  close(code: number, reason: string): void
  /** At once. */
  terminate(): void
}

/**
 * One carrier with what every connection needs: sending within the queue's limit, knowing when it
 * last heard anything, and one end. No timers: the hub looks at all connections once a second.
 */
export abstract class Connection {
  readonly id: string
  readonly socket: Carrier
  /** What is below a WebSocket. */
  pipe: Writable | undefined
  openedAt: Timestamp
  heardAt: Timestamp
  saidAt: Timestamp
  /** When the ping that is still unanswered was sent; 0 = none. */
  pingedAt: Timestamp = 0
  closedAt: Timestamp = 0
  /** Why it ended, where the peer did not say goodbye itself. */
  silent = false
  readonly now: () => Timestamp

  constructor(id: string, socket: Carrier, now: () => Timestamp) {
    this.id = id
    this.socket = socket
    this.now = now
    this.openedAt = now()
    this.heardAt = this.openedAt
    this.saidAt = this.openedAt
  }

  /** Has said hello and been accepted. */
  abstract get welcomed(): boolean
  abstract hear(text: string): void
  abstract ended(): void

  get waitingBytes(): number {
    return this.socket.bufferedAmount
  }

  send(frame: object) {
    if (this.closedAt !== 0 || this.socket.readyState !== this.socket.OPEN) return
    if (this.socket.bufferedAmount > LIMITS.sendQueueBytes) return this.close(CLOSE.slow, 'slow')
    this.saidAt = this.now()
    if (this.pipe) inOneWrite(this.pipe)
    this.socket.send(JSON.stringify(frame))
  }

  close(code: number, reason: string) {
    if (this.closedAt !== 0) return
    this.closedAt = this.now()
    this.socket.close(code, reason)
  }

  /** It was this process that stood still: what was said meanwhile waits to be read. */
  beginAnew(now: Timestamp) {
    if (!this.welcomed) this.openedAt = now
    if (this.pingedAt !== 0) this.pingedAt = now
  }

  /** What is due by now: the end of a farewell, of the wait for a hello, of silence; or a ping. */
  sweep(now: Timestamp, limits: { helloMs: number; pingMs: number; pongMs: number }) {
    if (this.closedAt !== 0) {
      if (now >= this.closedAt + FAREWELL_MS) this.socket.terminate()
      return
    }
    if (!this.welcomed && now >= this.openedAt + limits.helloMs) {
      return this.close(CLOSE.no_hello, 'no hello')
    }
    if (this.pingedAt !== 0) {
      if (this.heardAt >= this.pingedAt) this.pingedAt = 0
      else if (now >= this.pingedAt + limits.pongMs) {
        this.silent = true
        return this.socket.terminate()
      }
    }
    if (this.pingedAt === 0 && now >= this.heardAt + limits.pingMs) {
      this.pingedAt = now
      this.socket.ping()
    }
  }
}

const CONNECTION = Symbol('connection')
type Listened = WebSocket & { [CONNECTION]?: Connection }

/** One set of listeners for all sockets, so that a connection costs no closures. */
export function listen(connection: Connection, socket: Listened, pipe: Writable) {
  connection.pipe = pipe
  socket[CONNECTION] = connection
  socket.on('message', onMessage)
  socket.on('pong', onPong)
  socket.on('close', onClose)
  socket.on('error', onError)
}

function onMessage(this: Listened, data: RawData, isBinary: boolean) {
  const connection = this[CONNECTION]
  if (!connection) return
  if (connection.closedAt !== 0) return
  connection.heardAt = connection.now()
  if (isBinary) return connection.close(CLOSE.bad_frame, 'text only')
  connection.hear(data.toString())
}

function onPong(this: Listened) {
  const connection = this[CONNECTION]
  if (connection) connection.heardAt = connection.now()
}

function onClose(this: Listened) {
  this[CONNECTION]?.ended()
}

/** A broken frame closes the socket by itself with the right code; `close` follows. */
function onError() {}
