import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export const missingStrace = (): string | undefined =>
  spawnSync('strace', ['-V']).status === 0 ? undefined : 'strace'

/** Follows calls of the system until stopped, and answers with what it saw, by line. */
export async function trace(asked: {
  /** A process with all its threads, or one thread of it. */
  of: { pid: number } | { thread: number }
  options: readonly string[]
  /** Where the lines are kept. */
  file: string
}): Promise<{ stop(): Promise<string[]> }> {
  const { of, options, file } = asked
  const whom = 'pid' in of ? ['-f', '-p', String(of.pid)] : ['-p', String(of.thread)]
  const strace = spawn('strace', [...whom, ...options, '-o', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // Says so when it is attached.
  await once(strace.stderr, 'data')
  return {
    async stop() {
      const exit = once(strace, 'exit')
      strace.kill('SIGINT')
      await exit
      return readFileSync(file, 'utf8').split('\n')
    },
  }
}
