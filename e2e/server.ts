import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, serverProcess } from '@beckon/bench'

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
  /** Starts again on the same port and data, this time with some settings changed. */
  restart(changed?: Readonly<Record<string, string>>): Promise<void>
  stop(): Promise<void>
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
  const folder = mkdtempSync(join(tmpdir(), 'beckon-e2e-'))
  const server = serverProcess({
    base,
    folder,
    flags: ['--enable-source-maps'],
    keep: Number.POSITIVE_INFINITY,
    env: {
      ...process.env,
      PORT: String(port),
      BECKON_DATA_DIR: folder,
      BECKON_ADMIN_EMAIL: ADMIN.email,
      BECKON_ADMIN_PASSWORD: ADMIN.password,
      BECKON_TRUST_PROXY: '127.0.0.0/8,::1/128',
      ...env,
    },
  })
  await server.start()
  return {
    base,
    port,
    log: () => server.said,
    printed: () => server.printed,
    killHard: () => server.end('SIGKILL'),
    async restart(changed) {
      await server.start(changed)
    },
    async stop() {
      await server.end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
