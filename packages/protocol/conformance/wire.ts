/** A WebSocket as `ws` has it, and no more of it than is needed here. */
export type RawSocket = {
  on(event: string, listener: (...told: never[]) => void): unknown
  send(data: string | Uint8Array): void
  ping(): void
  terminate(): void
}

/** A frame as it came: nothing about it is believed before it is checked. */
export type Frame = Record<string, unknown> & { type: string }

/** A server that does not answer for so long does not answer. */
const PATIENCE_MS = 10_000

export type Wire = Awaited<ReturnType<typeof openWire>>

/** An open socket with everything heard on it. `next` takes the first frame that fits, come or coming. */
export async function openWire(socket: RawSocket) {
  const heard: Frame[] = []
  let closed: number | undefined
  let opened = false
  let pongs = 0
  let failed: string | undefined
  const looks = new Set<() => void>()
  const wake = () => {
    for (const look of [...looks]) look()
  }
  const note = <T extends unknown[]>(event: string, work: (...told: T) => void) =>
    socket.on(event, (...told: never[]) => {
      work(...(told as unknown as T))
      wake()
    })
  note('open', () => {
    opened = true
  })
  note('message', (data: unknown) => void heard.push(JSON.parse(String(data))))
  note('pong', () => {
    pongs++
  })
  note('close', (code: number) => {
    closed = code
  })
  note('error', (error: Error) => {
    failed = error.message
  })

  /** Waits until there is something; the end of the socket ends the wait. */
  function until<T>(what: string, look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (work: () => void) => {
        looks.delete(check)
        clearTimeout(patience)
        work()
      }
      const fail = (why: string) =>
        settle(() =>
          reject(new Error(`${why} before ${what}; unread ${JSON.stringify(heard).slice(0, 500)}`)),
        )
      const check = () => {
        const found = look()
        if (found !== undefined) settle(() => resolve(found))
        else if (closed !== undefined) fail(`closed with ${closed} (${failed ?? 'no error'})`)
      }
      const patience = setTimeout(() => fail(`${PATIENCE_MS} ms`), PATIENCE_MS)
      looks.add(check)
      check()
    })
  }

  await until('being open', () => (opened ? true : undefined))
  return {
    say: (frame: object | string | Uint8Array) =>
      socket.send(
        typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame),
      ),
    next: (type: string, fits: (frame: Frame) => boolean = () => true): Promise<Frame> =>
      until(`a frame “${type}”`, () => {
        const at = heard.findIndex((frame) => frame.type === type && fits(frame))
        return at < 0 ? undefined : heard.splice(at, 1)[0]
      }),
    /** The close code. */
    closed: () => until('the end', () => closed),
    async pinged(): Promise<void> {
      const before = pongs
      socket.ping()
      await until('a pong', () => (pongs > before ? true : undefined))
    },
    /** What has come and was not taken. */
    unread: (type: string): Frame[] => heard.filter((frame) => frame.type === type),
    leave: () => socket.terminate(),
  }
}
