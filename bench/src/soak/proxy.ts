import { once } from 'node:events'
import { createServer, connect as dial, type Socket } from 'node:net'

/** Stands between two that talk, and spoils it. */
export type TcpProxy = {
  readonly port: number
  readonly base: string
  readonly connections: number
  /** Everything comes this much later, both ways. */
  delay(ms: number): void
  /** Nothing passes any more, and nobody is told; or it passes again, for new connections. */
  swallow(on: boolean): void
  /** Of the server's WebSocket frames that satisfy it, none arrives. */
  dropFrames(which: ((text: string) => boolean) | undefined): void
  /** Ends all connections from one moment to the next. */
  cut(): void
  close(): Promise<void>
}

export async function openTcpProxy(to: number): Promise<TcpProxy> {
  const open = new Set<Socket>()
  let delayMs = 0
  let swallowing = false
  let drops: ((text: string) => boolean) | undefined

  const server = createServer((client) => {
    const upstream = dial(to, '127.0.0.1')
    const deaf = swallowing
    for (const socket of [client, upstream]) {
      socket.setNoDelay()
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        if (swallowing && !deaf) return
        client.destroy()
        upstream.destroy()
      })
    }
    const pass = (other: Socket, bytes: Buffer) => {
      if (swallowing || deaf) return
      const give = () => {
        if (!other.destroyed && !swallowing && !other.write(bytes)) slow(other)
      }
      if (delayMs > 0) setTimeout(give, delayMs)
      else give()
    }
    const slow = (full: Socket) => {
      const source = full === client ? upstream : client
      source.pause()
      full.once('drain', () => source.resume())
    }
    const sift = sieve((text) => drops?.(text) ?? false)
    client.on('data', (bytes) => pass(upstream, bytes))
    upstream.on('data', (bytes) => {
      const left = drops ? sift(bytes) : bytes
      if (left.length > 0) pass(client, left)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port,
    base: `http://127.0.0.1:${port}`,
    get connections() {
      return open.size / 2
    },
    delay(ms) {
      delayMs = ms
    },
    swallow(on) {
      swallowing = on
      if (!on) cut()
    },
    dropFrames(which) {
      drops = which
    },
    cut,
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

/**
 * Takes whole unmasked WebSocket frames out of a stream of bytes; what stands before the first frame
 * (the answer to the upgrade) passes as it is.
 */
function sieve(drop: (text: string) => boolean): (bytes: Buffer) => Buffer {
  let rest: Buffer = Buffer.alloc(0)
  let upgraded = false
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    const passing: Buffer[] = []
    if (!upgraded) {
      const end = rest.indexOf('\r\n\r\n')
      if (end < 0) return Buffer.alloc(0)
      passing.push(rest.subarray(0, end + 4))
      rest = rest.subarray(end + 4)
      upgraded = true
    }
    for (;;) {
      if (rest.length < 2) break
      const said = (rest[1] ?? 0) & 0x7f
      const head = said === 127 ? 10 : said === 126 ? 4 : 2
      if (rest.length < head) break
      const length =
        said === 127 ? Number(rest.readBigUInt64BE(2)) : said === 126 ? rest.readUInt16BE(2) : said
      if (rest.length < head + length) break
      const frame = rest.subarray(0, head + length)
      const isText = ((rest[0] ?? 0) & 0x0f) === 1
      if (!(isText && drop(frame.subarray(head).toString()))) passing.push(frame)
      rest = rest.subarray(head + length)
    }
    return Buffer.concat(passing)
  }
}
