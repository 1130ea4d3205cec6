import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { residentBytes } from '../product.ts'

/** The built server. */
export const program = fileURLToPath(
  new URL('../../../packages/server/dist/main.js', import.meta.url),
)
const START_MS = 60_000

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
  /** What it wrote last, as lines. */
  readonly said: string
}

/** The built server as a process that can be killed, paused and started again on the same port. */
export async function openNode(asked: {
  folder: string
  settings: Readonly<Record<string, string>>
  /** Put before the program: `strace …`. */
  under?: readonly string[]
}): Promise<Node> {
  const port = await quietPort()
  const base = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let up = false
  let said = ''
  const leftOver = () => child?.kill('SIGKILL')

  async function start(): Promise<number> {
    const from = performance.now()
    const [command = '', ...args] = [...(asked.under ?? []), process.execPath, program]
    const started = spawn(command, args, {
      cwd: asked.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, PORT: String(port), ...asked.settings },
    })
    child = started
    process.once('exit', leftOver)
    started.stderr?.on('data', (text) => {
      said = (said + text).slice(-8_000)
    })
    while (!(await fetch(`${base}/readyz`).catch(() => undefined))?.ok) {
      if (started.exitCode !== null || performance.now() - from > START_MS) {
        throw new Error(`the server did not start: ${said}`)
      }
      await pause(20)
    }
    up = true
    return performance.now() - from
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    up = false
    const ending = child
    child = undefined
    process.off('exit', leftOver)
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const exit = once(ending, 'exit')
    ending.kill(signal)
    await exit
  }

  await start()
  return {
    base,
    port,
    get pid() {
      return child?.pid ?? 0
    },
    get up() {
      return up
    },
    get said() {
      return said
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
      child?.kill('SIGSTOP')
    },
    goOn() {
      child?.kill('SIGCONT')
      up = true
    },
    setClockBack: () => void child?.kill('SIGUSR2'),
    async metric(name) {
      const text = await (await fetch(`${base}/metrics`)).text()
      return text
        .split('\n')
        .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
    },
    ready: async () => (await (await fetch(`${base}/readyz`)).json()) as { ok: boolean },
    memory: () => (child?.pid ? residentBytes(child.pid) : 0),
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
