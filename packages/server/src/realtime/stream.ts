import type { ServerResponse } from 'node:http'
import { CLOSE } from '@beckon/protocol'
import { newToken } from '../ids.ts'
import type { Carrier, Connection } from './connection.ts'

/** As browsers number what a WebSocket is in. */
const OPEN = 1
const CLOSING = 2
const CLOSED = 3

/** Some proxies hold back the first bytes of an answer until there are enough of them. */
const PADDING = `:${' '.repeat(2_048)}\n\n`

/** WebSocket's own code for a frame over the limit. */
const TOO_LARGE = 1009

/**
 * A connection's frames over plain HTTP (docs/protocol.md): down as one answer that does not end, as
 * server-sent events; up in requests of their own, numbered, so that one that is sent again does
 * nothing twice. Frames are objects, as everywhere; what the stream says for itself is a list.
 */
export class Stream implements Carrier {
  /** Whoever knows it may speak on this stream: never in an address, never in a log. */
  readonly key = newToken()
  readonly OPEN = OPEN
  readyState = OPEN
  readonly #response: ServerResponse
  readonly #frameBytes: number
  #taken = 0

  constructor(response: ServerResponse, frameBytes: number) {
    this.#response = response
    this.#frameBytes = frameBytes
    response.on('error', () => {})
    response.write(PADDING)
    this.#say(['open', this.key])
  }

  get bufferedAmount(): number {
    return this.#response.writableLength
  }

  send(text: string) {
    this.#response.write(`data: ${text}\n\n`)
  }

  ping() {
    this.#say(['ping'])
  }

  close(code: number, reason: string) {
    if (this.readyState !== OPEN) return
    this.readyState = CLOSING
    this.#say(['close', code, reason])
    this.#response.end()
  }

  terminate() {
    this.readyState = CLOSED
    this.#response.destroy()
  }

  /** The connection ends with the answer, whoever ends it. */
  listen(connection: Connection, ended: () => void) {
    this.#response.on('close', () => {
      this.readyState = CLOSED
      ended()
      connection.ended()
    })
  }

  /** Frames as they came in one request, of which the first has this number. */
  hear(connection: Connection, first: number, frames: readonly string[]) {
    if (connection.closedAt === 0) connection.heardAt = connection.now()
    if (first > this.#taken + 1) return connection.close(CLOSE.bad_frame, 'frames are missing')
    let number = first - 1
    for (const frame of frames) {
      if (++number <= this.#taken) continue
      if (connection.closedAt !== 0) return
      this.#taken = number
      if (Buffer.byteLength(frame) > this.#frameBytes) {
        return connection.close(TOO_LARGE, 'too large')
      }
      connection.hear(frame)
    }
  }

  #say(words: readonly unknown[]) {
    this.send(JSON.stringify(words))
  }
}
