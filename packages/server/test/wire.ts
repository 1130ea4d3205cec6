import { once } from 'node:events'
import { WebSocket } from 'ws'

/** One WebSocket with everything heard on it, and waiting for facts. */
export type Wire<In, Out> = ReturnType<typeof wireTo<In, Out>>

export function wireTo<In, Out>(url: string, headers: Record<string, string>) {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  const heard: Out[] = []
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const look of waiting) look()
  }
  let closed: { code: number; reason: string } | undefined
  let failed: Error | undefined
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)))
    wake()
  })
  socket.on('close', (code, reason) => {
    closed = { code, reason: String(reason) }
    wake()
  })
  socket.on('error', (error) => {
    failed = error
    wake()
  })
  const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()))
  /** Waits until `look` finds something; a closed socket or a minute end the wait. */
  const until = <T>(what: string, look: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const patience = setTimeout(() => fail(`waited a minute for ${what}`), 60_000)
      const done = () => {
        clearTimeout(patience)
        waiting.delete(check)
      }
      const fail = (why: string) => {
        done()
        reject(new Error(`${why}; heard ${JSON.stringify(heard).slice(0, 800)}`))
      }
      const check = () => {
        const found = look()
        if (found !== undefined) {
          done()
          resolve(found)
        } else if (closed || failed) fail(`closed (${closed?.code} ${failed ?? ''}) before ${what}`)
      }
      waiting.add(check)
      check()
    })
  type Typed<T> = Extract<Out, { type: T }>
  type TypeOf = Out extends { type: infer T } ? T : never
  let taken = 0
  return {
    socket,
    heard,
    opened,
    until,
    say(frame: In | string) {
      const text = typeof frame === 'string' ? frame : JSON.stringify(frame)
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
      else socket.once('open', () => socket.send(text))
    },
    /** The next frame of a type not taken yet. */
    async next<T extends TypeOf>(type: T, fits: (frame: Typed<T>) => boolean = () => true) {
      return until(`a ${String(type)} frame`, () => {
        for (let at = taken; at < heard.length; at++) {
          const frame = heard[at] as Typed<T>
          if ((frame as { type: T }).type === type && fits(frame)) {
            taken = at + 1
            return frame
          }
        }
        return undefined
      })
    },
    closed: () =>
      new Promise<{ code: number; reason: string }>((resolve) => {
        if (closed) return resolve(closed)
        socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
      }),
    refused: () => until('a failure', () => failed?.message),
    /** A round trip through the server: what was sent before has been read. */
    async pinged() {
      if (socket.readyState !== WebSocket.OPEN) return
      await new Promise<void>((resolve) => {
        const done = () => {
          socket.off('pong', done)
          socket.off('close', done)
          resolve()
        }
        socket.on('pong', done)
        socket.on('close', done)
        socket.ping()
      })
    },
    async leave() {
      socket.close()
      if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close')
    },
  }
}
