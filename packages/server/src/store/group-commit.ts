import {
  CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  Kysely,
  type QueryResult,
  Transaction,
} from 'kysely'
import type { Database } from './database.ts'
import type { Tx } from './store.ts'

/*
 * One writer. Works queue up; the writer runs those that wait in one transaction, each behind a
 * savepoint of its own, and answers after COMMIT, so that many share one trip to the disk. The
 * engine only has to run statements of a connection in the order they are sent: savepoint and
 * release are sent without waiting, and travel with the statements of the works around them.
 *
 * Works of other processes may be in the way of ours. A work undone for that reason alone waits
 * first in line and runs again in the next group; what went before it in this one is committed at
 * once, which lets go of the rows the others may be waiting for.
 */

/** A group is closed at whichever comes first. Longer would be felt as latency. */
const GROUP_WORKS = 64
const GROUP_MS = 10
/** How long a work waits for a database that is away or a row that is taken. */
const PATIENCE_MS = 5_000

export type GroupCommit = {
  commit<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Refuses new works; resolves when those that wait are done. */
  drain(): Promise<void>
}

/** Seconds from begin to COMMIT, and how many works it carried. */
export type OnCommit = (commit: { seconds: number; works: number }) => void

type Waiting = {
  work: (tx: Tx) => Promise<unknown>
  /** When it was asked for; once it has begun, when that was. */
  since: number
  begun?: boolean
  settle: Settle
}
type Settle = { resolve(value: unknown): void; reject(error: unknown): void }
type Done = { waiting: Waiting; value: unknown }

/** Where a transaction runs. */
export type Place = {
  connection: DatabaseConnection
  dialect: Dialect
  /** What opens a transaction. */
  begin(): string
  /** Resolves when there is a connection to begin on; rejects when that takes too long. */
  ready?(withinMs: number): Promise<void>
  /** Plain COMMIT unless said otherwise; gets what `begin` answered. */
  commit?(begun: QueryResult<unknown>): Promise<void>
  /** Whether a work that failed so may be run again. */
  mayRunAgain?(error: unknown): boolean
}

export function createGroupCommit(
  deps: Place & { now: () => number; onCommit?: OnCommit | undefined },
): GroupCommit {
  const { connection, dialect, begin, now, ready, mayRunAgain = () => false } = deps
  const commit = deps.commit ?? (() => send('commit'))
  const waiting: Waiting[] = []
  let writing: Promise<void> | undefined
  let drained = false

  const send = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql))

  async function write(): Promise<void> {
    while (waiting.length > 0) await writeGroup()
    writing = undefined
  }

  async function writeGroup(): Promise<void> {
    if (ready && !(await isReady(ready))) return
    const started = now()
    const began = sent(send(begin()))
    const done: Done[] = []
    let broken: { error: unknown } | undefined
    for (let works = 0; works < GROUP_WORKS; works++) {
      const next = waiting.shift()
      if (!next) break
      const outcome = await runBehindSavepoint(next, done)
      if (outcome === 'blocked') break
      if (typeof outcome === 'object') {
        broken = outcome
        break
      }
      if (now() - started >= GROUP_MS) break
    }
    try {
      if (broken) throw broken.error
      await commit(await began.result)
    } catch (error) {
      // Where COMMIT itself failed the transaction may still be open.
      await send('rollback').catch(() => {})
      for (const undone of done.reverse()) runAgainOrReject(undone.waiting, error)
      return
    }
    deps.onCommit?.({ seconds: (now() - started) / 1000, works: done.length })
    for (const { waiting, value } of done) waiting.settle.resolve(value)
  }

  /** Without a connection whoever has waited too long is told, and the others go on waiting. */
  async function isReady(ready: (withinMs: number) => Promise<void>): Promise<boolean> {
    const first = waiting[0]
    if (!first) return false
    try {
      await ready(Math.max(0, first.since + PATIENCE_MS - now()))
      return true
    } catch (error) {
      while (waiting[0] === first || (waiting[0] && isLate(waiting[0]))) {
        waiting.shift()?.settle.reject(error)
      }
      return false
    }
  }

  const isLate = ({ since }: Waiting): boolean => now() - since >= PATIENCE_MS

  /** Back to the head of the line, where it was. */
  function runAgainOrReject(undone: Waiting, error: unknown): boolean {
    const again = mayRunAgain(error) && !isLate(undone)
    if (again) waiting.unshift(undone)
    else undone.settle.reject(error)
    return again
  }

  /** `blocked` when others were in the way; the failure if it ended the whole transaction. */
  async function runBehindSavepoint(
    next: Waiting,
    done: Done[],
  ): Promise<'done' | 'undone' | 'blocked' | { error: unknown }> {
    if (!next.begun) {
      next.begun = true
      next.since = now()
    }
    const saved = sent(send('savepoint work'))
    const { tx, end, failure } = transactionOf(connection, dialect)
    try {
      const value = await next.work(tx)
      await end()
      const refused = failure()
      // PostgreSQL forgives no failed statement, so none is forgiven anywhere.
      if (refused) throw refused.error
      // Only a lost transaction fails to release; then COMMIT fails too and tells why.
      sent(send('release savepoint work'))
      done.push({ waiting: next, value })
      return 'done'
    } catch (thrown) {
      await end()
      const error = failure()?.others.has(thrown) ? failure()?.error : thrown
      try {
        await saved.result
        await send('rollback to savepoint work')
        await send('release savepoint work')
      } catch (lost) {
        runAgainOrReject(next, lost)
        return { error: lost }
      }
      return runAgainOrReject(next, error) ? 'blocked' : 'undone'
    }
  }

  return {
    commit(work) {
      if (drained) return Promise.reject(new Error('The store is closed.'))
      return new Promise((resolve, reject) => {
        const settle = { resolve: resolve as (value: unknown) => void, reject }
        waiting.push({ work, since: now(), settle })
        // A microtask later, so that works queued in one breath share the first transaction.
        writing ??= Promise.resolve().then(write)
      })
    },
    async drain() {
      drained = true
      await writing
    },
  }
}

/** The first statement that failed, and it and those behind it, which may have failed because of it. */
type Failure = { error: unknown; others: Set<unknown> }

/** Keeps a rejection from being reported before somebody waits for it. */
function sent<T>(result: Promise<T>): { result: Promise<T> } {
  result.catch(() => {})
  return { result }
}

/** A transaction for one work. After `end` it refuses: what leaks out of a work must not land in the next one's savepoint. */
export function transactionOf(
  connection: DatabaseConnection,
  dialect: Dialect,
): { tx: Tx; end(): Promise<void>; failure(): Failure | undefined } {
  let over = false
  let failure: Failure | undefined
  const running = new Set<Promise<unknown>>()
  const guarded: DatabaseConnection = {
    executeQuery<R>(query: CompiledQuery) {
      if (over) return Promise.reject(new Error('This work is over: await every query inside it.'))
      const result = connection.executeQuery<R>(query)
      running.add(result)
      result.then(
        () => void running.delete(result),
        (error: unknown) => {
          running.delete(result)
          failure ??= { error, others: new Set() }
          failure.others.add(error)
        },
      )
      return result
    },
    streamQuery: (query, size) => connection.streamQuery(query, size),
  }
  // Not Kysely's own provider for transactions: that one waits for each answer before it sends the next.
  const provider: ConnectionProvider = { provideConnection: (use) => use(guarded) }
  const adapter = dialect.createAdapter()
  const executor = new DefaultQueryExecutor(dialect.createQueryCompiler(), adapter, provider)
  const tx = new Transaction<Database>({
    config: { dialect },
    dialect,
    driver: dialect.createDriver(),
    executor,
  })
  return {
    tx,
    async end() {
      over = true
      await Promise.allSettled(running)
    },
    failure: () => failure,
  }
}

/** Runs statements outside of works. */
export const readerOf = (dialect: Dialect): Kysely<Database> => new Kysely<Database>({ dialect })
