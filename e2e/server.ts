import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

export const ADMIN = { email: 'ana@beckon.example', password: 'a long enough password' }

export type RunningServer = {
  /** Where the console is: a loopback name. */
  readonly base: string
  readonly port: number
  /** Everything the server wrote to stderr: a journey ends with no warning in it. */
  readonly log: () => string
  /** What it wrote to stdout for the person who started it. */
  readonly printed: () => string
  /** As a power cut would: no signal is handled. */
  killHard(): Promise<void>
  /** Starts again on the same port and data, with some settings changed. */
  restart(changed?: Record<string, string>): Promise<void>
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      )
    })
  })
}

/**
 * The built server as its own process, on a data folder of its own, set up unattended; a setting
 * given as undefined is not set at all.
 */
export async function startServer(
  env: Record<string, string | undefined> = {},
): Promise<RunningServer> {
  const port = await freePort()
  const base = `http://localhost:${port}`
  const dataDir = mkdtempSync(join(tmpdir(), 'beckon-e2e-'))
  let log = ''
  let printed = ''
  let child: ChildProcess | undefined

  const start = async (changed: Record<string, string> = {}) => {
    child = spawn(
      process.execPath,
      ['--enable-source-maps', join(root, 'packages/server/dist/main.js')],
      {
        cwd: dataDir,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          PORT: String(port),
          BECKON_DATA_DIR: dataDir,
          BECKON_ADMIN_EMAIL: ADMIN.email,
          BECKON_ADMIN_PASSWORD: ADMIN.password,
          BECKON_TRUST_PROXY: '127.0.0.0/8,::1/128',
          ...env,
          ...changed,
        },
      },
    )
    child.stderr?.on('data', (chunk) => {
      log += chunk
    })
    child.stdout?.on('data', (chunk) => {
      printed += chunk
    })
    await ready(
      base,
      () => child?.exitCode ?? null,
      () => log,
    )
  }
  const ended = (process: ChildProcess) =>
    process.exitCode !== null || process.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => process.once('exit', () => resolve()))

  await start()
  return {
    base,
    port,
    log: () => log,
    printed: () => printed,
    async killHard() {
      if (!child) return
      child.kill('SIGKILL')
      await ended(child)
    },
    restart: start,
    async stop() {
      if (child && child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await ended(child)
      }
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function ready(base: string, code: () => number | null, log: () => string): Promise<void> {
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    if (code() !== null) throw new Error(`the server stopped with code ${code()}:\n${log()}`)
    const answer = await fetch(`${base}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await pause(25)
  }
  throw new Error(`the server was not ready within 60 s:\n${log()}`)
}
