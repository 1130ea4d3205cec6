import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const OWNER = { email: 'bench@beckon.example', password: 'bench password long enough' }

export type Product = {
  readonly base: string
  readonly pid: number
  /** The embedded database, for reading. */
  readonly database: string
  /** Where its memory can be asked for; 0 unless started for that. */
  readonly inspectorPort: number
  /** Value of a counter or gauge in /metrics, labels added up. */
  metric(name: string): Promise<number>
  /** Resident memory in bytes. */
  memory(): number
  /** CPU time used since the start, in milliseconds. */
  cpuMs(): number
  stop(): Promise<void>
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })

const gone = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()))

export const residentBytes = (pid: number): number => {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) * 1024
}

/** The kernel counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10

export const cpuMilliseconds = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // After the name, which may hold anything, in brackets: state, then numbers.
  const numbers = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(numbers[11]) + Number(numbers[12])) * TICK_MS
}

/** The built server as a process of its own, on an empty data folder. */
export async function startProduct(
  siteUrl: string,
  { inspected = false, settings = {} as Record<string, string> } = {},
): Promise<Product> {
  const port = await freePort()
  const inspectorPort = inspected ? await freePort() : 0
  const base = `http://localhost:${port}`
  const dataDir = mkdtempSync(join(tmpdir(), 'beckon-bench-'))
  const child = spawn(
    process.execPath,
    [...inspect(inspectorPort), join(root, 'packages/server/dist/main.js')],
    {
      cwd: dataDir,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        PORT: String(port),
        BECKON_DATA_DIR: dataDir,
        BECKON_ADMIN_EMAIL: OWNER.email,
        BECKON_ADMIN_PASSWORD: OWNER.password,
        BECKON_SITE_URL: siteUrl,
        BECKON_TRUST_PROXY: '127.0.0.0/8,::1/128',
        ...settings,
      },
    },
  )
  // Under a load thousands of lines are no help; the last ones are, where it does not start.
  let said = ''
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-2_000)
  })
  for (let attempt = 0; ; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`the server stopped with code ${child.exitCode}\n${said}`)
    if (attempt > 300) throw new Error('the server was not ready within 30 s')
    const answer = await fetch(`${base}/readyz`).catch(() => undefined)
    if (answer?.ok) break
    await pause(100)
  }
  const pid = child.pid ?? 0
  return {
    base,
    pid,
    database: join(dataDir, 'beckon.db'),
    inspectorPort,
    async metric(name) {
      const text = await (await fetch(`${base}/metrics`)).text()
      return text
        .split('\n')
        .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
    },
    memory: () => residentBytes(pid),
    cpuMs: () => cpuMilliseconds(pid),
    async stop() {
      child.kill('SIGTERM')
      await gone(child)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type Echo = { url: string; pid: number; inspectorPort: number; stop(): Promise<void> }

const inspect = (port: number): string[] => (port ? [`--inspect=127.0.0.1:${port}`] : [])

/** The bare echo server as a process of its own. */
export async function startEcho({ inspected = false } = {}): Promise<Echo> {
  const inspectorPort = inspected ? await freePort() : 0
  const child = fork(fileURLToPath(new URL('echo.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx', ...inspect(inspectorPort)],
    silent: inspected,
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)))
    child.once('error', reject)
  })
  return {
    url: `ws://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    inspectorPort,
    async stop() {
      child.disconnect()
      await gone(child)
    },
  }
}
