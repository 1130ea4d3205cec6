import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** The built server. */
export const program = fileURLToPath(new URL('../../packages/server/dist/main.js', import.meta.url))
const START_MS = 60_000

export type ServerProcess = {
  /** 0 while it does not run. */
  readonly pid: number
  /** The end of what it wrote to the error output, or all of it. */
  readonly said: string
  /** What it wrote for the person who started it. */
  readonly printed: string
  /** Starts it, this time with some settings changed, and waits until it serves; milliseconds that took. */
  start(changed?: Readonly<Record<string, string>>): Promise<number>
  /** `SIGKILL` is a power cut: nothing is handled. Resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** `SIGSTOP` and `SIGCONT`: it stands still, as in a machine that is paused, and goes on. */
  signal(signal: NodeJS.Signals): void
}

/** A server as a process of its own, which can be ended in any way and started again. */
export function serverProcess(asked: {
  /** Where it answers, once it serves. */
  base: string
  folder: string
  /** All of its environment; undefined is not set. */
  env: Readonly<Record<string, string | undefined>>
  main?: string
  /** Arguments of Node. */
  flags?: readonly string[]
  /** Put before the program: `strace …`. */
  under?: readonly string[]
  /** How much of the error output is kept: under a load thousands of lines are no help. */
  keep?: number
}): ServerProcess {
  const { base, folder, env, main = program, flags = [], under = [], keep = 8_000 } = asked
  let child: ChildProcess | undefined
  let said = ''
  let printed = ''
  const leftOver = () => child?.kill('SIGKILL')

  return {
    get pid() {
      return child?.pid ?? 0
    },
    get said() {
      return said
    },
    get printed() {
      return printed
    },
    async start(changed = {}) {
      const from = performance.now()
      const [command = '', ...args] = [...under, process.execPath, ...flags, main]
      const started = spawn(command, args, {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...env, ...changed },
      })
      child = started
      process.once('exit', leftOver)
      started.stdout.on('data', (text) => {
        printed += text
      })
      started.stderr.on('data', (text) => {
        said = (said + text).slice(-keep)
      })
      while (!(await fetch(`${base}/readyz`).catch(() => undefined))?.ok) {
        if (isOver(started)) throw new Error(`the server stopped as it started:\n${said}`)
        if (performance.now() - from > START_MS) {
          throw new Error(`the server was not ready within ${START_MS / 1000} s:\n${said}`)
        }
        await pause(20)
      }
      return performance.now() - from
    },
    async end(signal) {
      const ending = child
      child = undefined
      process.off('exit', leftOver)
      if (!ending || isOver(ending)) return
      const exit = once(ending, 'exit')
      ending.kill(signal)
      await exit
    },
    signal: (signal) => void child?.kill(signal),
  }
}

export const isOver = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null

/** Value of a counter or gauge in /metrics, labels added up. */
export async function metricOf(base: string, name: string): Promise<number> {
  const text = await (await fetch(`${base}/metrics`)).text()
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}

/** Resident memory of a process. */
export function residentBytes(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) * 1024
}

/** The kernel counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10

/** CPU time a process has used since its start. */
export function cpuMilliseconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // After the name, which may hold anything, in brackets: state, then numbers.
  const numbers = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(numbers[11]) + Number(numbers[12])) * TICK_MS
}
