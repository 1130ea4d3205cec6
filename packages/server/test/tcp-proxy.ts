import { once } from 'node:events'
import { createServer, connect as dial, type Socket } from 'node:net'

export type TcpProxy = Awaited<ReturnType<typeof openTcpProxy>>

/** Stands between a client and a server, and can lose what passes. */
export async function openTcpProxy(to: number) {
  const open = new Set<Socket>()
  /** Sees what clients say; true loses the answer and the connection, once the server has heard it. */
  let cutAfter: ((said: Buffer) => boolean) | undefined
  let shut = false
  const server = createServer((client) => {
    if (shut) return void client.destroy()
    const upstream = dial(to, '127.0.0.1')
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    let deaf = false
    client.on('data', (said) => {
      if (cutAfter?.(said)) {
        cutAfter = undefined
        deaf = true
        upstream.write(said, () => setTimeout(() => client.destroy(), 100))
        return
      }
      upstream.write(said)
    })
    upstream.on('data', (answer) => {
      if (!deaf) client.write(answer)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    /** The next time a client says this, the server hears it and the client never hears the answer. */
    cutAfter(text: string) {
      cutAfter = (said) => said.includes(text)
    },
    /** Lets nobody in; who is in stays. */
    shut(now: boolean) {
      shut = now
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
