import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'redis'
import { freePort } from '../../../bench/src/free-port.ts'
import { redisProgram } from '../../../scripts/lib/system.mjs'

/*
 * A Redis of its own for a test file: in memory, on a port that was free, gone with the process
 * that asked for it.
 */

/** Undefined where Redis is not installed: then the suites that need it are skipped. */
export const redisServerProgram = redisProgram()

export type RedisServer = Awaited<ReturnType<typeof startRedis>>

/** Stops the server when the input ends: with the process that holds it. */
const KEEPER = `
  "$@" & server=$!
  trap 'kill -KILL $server 2>/dev/null; wait $server; exit' TERM
  echo $server; cat >/dev/null; kill -KILL $server`

/** `account`: who asks, where not everybody may. */
export async function startRedis(settings: readonly string[] = [], account = '') {
  const program = redisServerProgram
  if (!program) throw new Error('Redis is not installed.')
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let keeper: ChildProcess | undefined
  let pid = 0

  async function start(): Promise<void> {
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const started = spawn('sh', ['-c', KEEPER, 'redis', program ?? '', ...own, ...settings], {
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    keeper = started
    const [first] = await once(started.stdout, 'data')
    pid = Number.parseInt(String(first), 10)
    // What it says must not fill the pipe.
    started.stdout.resume()
    for (let tries = 0; ; tries++) {
      try {
        await ask((client) => client.ping())
        return
      } catch (error) {
        if (tries > 200) throw error
        await pause(25)
      }
    }
  }

  /** As somebody who can reach it, with or without being one of ours. */
  async function ask<T>(work: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> {
    const client = createClient({
      url: url.replace('://', `://${account}`),
      socket: { reconnectStrategy: false },
    })
    client.on('error', () => {})
    await client.connect()
    try {
      return await work(client as never)
    } finally {
      client.destroy()
    }
  }

  async function kill(): Promise<void> {
    if (!keeper || keeper.exitCode !== null) return
    const exit = once(keeper, 'exit')
    keeper.stdin?.end()
    await exit
  }

  await start()
  return {
    url,
    port,
    ask,
    /** It comes back empty. */
    start,
    kill,
    hang: () => process.kill(pid, 'SIGSTOP'),
    goOn: () => process.kill(pid, 'SIGCONT'),
    stop: kill,
  }
}
