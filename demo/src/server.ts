import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../packages/server/dist/main.js', import.meta.url))

export type DemoServer = {
  /** Resolves when the process has ended. */
  stop(): Promise<void>
  onUnexpectedEnd(told: (code: number | null) => void): void
}

/** The built server as a process of its own; resolves when it answers. */
export async function startServer(base: string, env: Record<string, string>): Promise<DemoServer> {
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, BECKON_LOG_LEVEL: 'warn', ...env },
  })
  await ready(`${base}/readyz`, child)
  let stopping = false
  return {
    async stop() {
      stopping = true
      if (child.exitCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
    onUnexpectedEnd(told) {
      child.on('exit', (code) => {
        if (!stopping) told(code)
      })
    },
  }
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (child.exitCode !== null) {
      throw new Error(
        `The server stopped with code ${child.exitCode}. Is the port taken? Try: npm run demo -- --port 4010`,
      )
    }
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await pause(200)
  }
  child.kill('SIGTERM')
  throw new Error(`${url} did not answer within 30 s.`)
}
