import { connect } from 'node:net'
import { heldBy } from '../heap.ts'
import { metricOf, residentBytes, serverProcess } from '../server-process.ts'

export type Node = {
  /** `http://127.0.0.1:PORT` */
  readonly base: string
  readonly port: number
  readonly pid: number
  /** Whether a balancer would still send somebody there. */
  readonly up: boolean
  /** Starts it and waits until it serves; milliseconds that took. */
  start(): Promise<number>
  /** As if the machine was gone. */
  kill(): Promise<void>
  /** Asks it to stop; milliseconds until it has. */
  stop(): Promise<number>
  /** Stands still, as in a machine that is paused, until told to go on. */
  freeze(): void
  goOn(): void
  /** Its machine's clock is set back by an hour; it was started with `wrong-clock.mjs`. */
  setClockBack(): void
  /** Value of a counter or gauge in /metrics, labels added up. */
  metric(name: string): Promise<number>
  ready(): Promise<{ ok: boolean; [amiss: string]: unknown }>
  /** Resident memory in bytes. */
  memory(): number
  /** Bytes and handles it holds after a full collection; it was opened to be looked into. */
  held(): Promise<{ bytes: number; handles: number }>
  /** What it wrote last, as lines. */
  readonly said: string
}

/** The built server as a process that can be killed, paused and started again on the same port. */
export async function openNode(asked: {
  folder: string
  settings: Readonly<Record<string, string>>
  /** Put before the program: `strace …`. */
  under?: readonly string[]
  /** May be looked into. */
  inspected?: boolean
}): Promise<Node> {
  const port = await quietPort()
  const inspectorPort = asked.inspected ? await quietPort() : 0
  const base = `http://127.0.0.1:${port}`
  let up = false
  const server = serverProcess({
    base,
    folder: asked.folder,
    under: asked.under ?? [],
    flags: inspectorPort ? [`--inspect=127.0.0.1:${inspectorPort}`] : [],
    env: { PATH: process.env.PATH, PORT: String(port), ...asked.settings },
  })
  async function start(): Promise<number> {
    const took = await server.start()
    up = true
    return took
  }
  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    up = false
    await server.end(signal)
  }

  await start()
  return {
    base,
    port,
    get pid() {
      return server.pid
    },
    get up() {
      return up
    },
    get said() {
      return server.said
    },
    start,
    kill: () => end('SIGKILL'),
    async stop() {
      const from = performance.now()
      await end('SIGTERM')
      return performance.now() - from
    },
    freeze() {
      up = false
      server.signal('SIGSTOP')
    },
    goOn() {
      server.signal('SIGCONT')
      up = true
    },
    setClockBack: () => server.signal('SIGUSR2'),
    metric: (name) => metricOf(base, name),
    ready: async () => (await (await fetch(`${base}/readyz`)).json()) as { ok: boolean },
    held: () => heldBy(inspectorPort),
    memory: () => (server.pid ? residentBytes(server.pid) : 0),
  }
}

/**
 * A port below those the kernel gives to whoever connects: it must still be free when the server
 * comes back, while thousands of its visitors knock.
 */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 20_000)
    if (!(await answers(port))) return port
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = connect(port, '127.0.0.1')
    const over = (open: boolean) => {
      probe.destroy()
      resolve(open)
    }
    probe.once('connect', () => over(true)).once('error', () => over(false))
  })
