import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

type Answered = { question: string; points: [messages: number, p95: number][] }

/** The measure lies with the server: so much history is not made over the protocol. */
export async function historyAt(
  engine: 'sqlite' | 'postgres',
  messages: number,
): Promise<Answered[]> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const file = 'packages/server/test/scale/history.ts'
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', file, '--engine', engine, '--messages', String(messages)],
    { cwd: root },
  )
  const found = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<
    string,
    Answered['points']
  >
  return Object.entries(found).map(([question, points]) => ({ question, points }))
}
