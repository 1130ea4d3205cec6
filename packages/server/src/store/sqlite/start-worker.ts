import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Answer, Ask, Failure, Greeting, Lane, WorkerStart } from './wire.ts'

export type Rows = { rows: unknown[]; changes?: number }

export type Database = {
  /** Statements of one lane run in the order of these calls; none waits for the one before. */
  ask(lane: Lane, sql: string, params: readonly unknown[]): Promise<Rows>
  /** Answers what was asked before, then ends. */
  close(): Promise<void>
}

/** A statement the database refused. `code` is SQLite's own, as in `SQLITE_CONSTRAINT_UNIQUE`. */
export class DatabaseFailure extends Error {
  readonly code: string

  constructor({ message, code }: Failure) {
    super(message)
    this.name = 'DatabaseFailure'
    this.code = code
  }
}

type Waiting = { resolve(rows: Rows): void; reject(error: Error): void }

export async function startWorker(start: WorkerStart): Promise<Database> {
  const worker = await workerThread(start)
  const waiting = new Map<number, Waiting>()
  let batch: Ask[] = []
  let ids = 0
  let ended: Error | undefined

  function end(error: Error) {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }

  worker.on('error', (error) => end(error as Error))
  worker.on('exit', () => end(new Error('The database is closed.')))
  const [greeting] = (await once(worker, 'message')) as [Greeting]
  if ('failure' in greeting) throw new DatabaseFailure(greeting.failure)

  worker.on('message', (answers: Answer[]) => {
    for (const answer of answers) {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('failure' in answer) asked?.reject(new DatabaseFailure(answer.failure))
      else asked?.resolve(answer)
    }
  })

  function flush() {
    const asks = batch
    batch = []
    try {
      worker.postMessage(asks)
    } catch (error) {
      // A parameter that cannot be cloned: nothing of this message has gone out.
      for (const { id } of asks) {
        waiting.get(id)?.reject(error as Error)
        waiting.delete(id)
      }
    }
  }

  return {
    ask(lane, sql, params) {
      if (ended) return Promise.reject(ended)
      return new Promise((resolve, reject) => {
        const id = ids++
        waiting.set(id, { resolve, reject })
        // Once the microtasks of now have run: whatever they still ask travels in one message.
        if (batch.push({ id, lane, sql, params }) === 1) {
          queueMicrotask(() => process.nextTick(flush))
        }
      })
    },
    async close() {
      if (ended) return
      const exit = once(worker, 'exit')
      worker.postMessage('close')
      await exit
    },
  }
}

/** `worker.js` lies beside the bundle. */
async function workerThread(workerData: WorkerStart): Promise<Worker> {
  const file = import.meta.url.endsWith('.ts')
    ? await (await import('./worker-from-source.ts')).workerFromSource()
    : new URL('./worker.js', import.meta.url)
  // The thread needs none of the process' own switches (loaders, --eval).
  return new Worker(file, { workerData, execArgv: [] })
}
