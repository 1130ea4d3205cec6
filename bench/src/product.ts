import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'
import {
  cpuMilliseconds,
  isOver,
  metricOf,
  residentBytes,
  serverProcess,
} from './server-process.ts'

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

/** The built server as a process of its own, on an empty data folder. */
export async function startProduct(
  siteUrl: string,
  { inspected = false, settings = {} as Record<string, string> } = {},
): Promise<Product> {
  const port = await freePort()
  const inspectorPort = inspected ? await freePort() : 0
  const base = `http://localhost:${port}`
  const dataDir = mkdtempSync(join(tmpdir(), 'beckon-bench-'))
  const server = serverProcess({
    base,
    folder: dataDir,
    flags: inspect(inspectorPort),
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
  })
  await server.start()
  const { pid } = server
  return {
    base,
    pid,
    database: join(dataDir, 'beckon.db'),
    inspectorPort,
    async metric(name) {
      try {
        return await metricOf(base, name)
      } catch (cause) {
        throw new Error(`process ${pid} does not tell ${name}; it said:\n${server.said}`, { cause })
      }
    },
    memory: () => residentBytes(pid),
    cpuMs: () => cpuMilliseconds(pid),
    async stop() {
      await server.end('SIGTERM')
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
      if (!isOver(child)) await once(child, 'exit')
    },
  }
}
