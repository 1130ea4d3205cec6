import {
  CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  Kysely,
  Transaction,
} from 'kysely'
import type { Database } from './database.ts'
import type { Tx } from './store.ts'

/*
 * One writer. Works queue up; the writer runs those that wait in one transaction, each behind a
 * savepoint of its own, and answers after COMMIT, so that many share one trip to the disk. The
 * engine only has to run statements of a connection in the order they are sent: savepoint and
 * release are sent without waiting, and travel with the statements of the works around them.
 */

/** A group is closed at whichever comes first. Longer would be felt as latency. */
const GROUP_WORKS = 64
const GROUP_MS = 10

export type GroupCommit = {
  commit<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Refuses new works; resolves when those that wait are done. */
  drain(): Promise<void>
}

/** Seconds from begin to COMMIT, and how many works it carried. */
export type OnCommit = (commit: { seconds: number; works: number }) => void

type Waiting = { work: (tx: Tx) => Promise<unknown>; settle: Settle }
type Settle = { resolve(value: unknown): void; reject(error: unknown): void }

export function createGroupCommit(deps: {
  connection: DatabaseConnection
  dialect: Dialect
  begin: string
  now: () => number
  onCommit?: OnCommit | undefined
}): GroupCommit {
  const { connection, dialect, begin, now } = deps
  const waiting: Waiting[] = []
  let writing: Promise<void> | undefined
  let drained = false

  const send = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql))

  async function write(): Promise<void> {
    while (waiting.length > 0) await writeGroup()
    writing = undefined
  }

  async function writeGroup(): Promise<void> {
    const started = now()
    const began = sent(send(begin))
    const done: { settle: Settle; value: unknown }[] = []
    let broken: { error: unknown } | undefined
    for (let works = 0; works < GROUP_WORKS; works++) {
      const next = waiting.shift()
      if (!next) break
      const failure = await runBehindSavepoint(next, done)
      if (failure) {
        broken = failure
        break
      }
      if (now() - started >= GROUP_MS) break
    }
    try {
      if (broken) throw broken.error
      await began.result
      await send('commit')
    } catch (error) {
      // Where COMMIT itself failed the transaction may still be open.
      await send('rollback').catch(() => {})
      for (const { settle } of done) settle.reject(error)
      return
    }
    deps.onCommit?.({ seconds: (now() - started) / 1000, works: done.length })
    for (const { settle, value } of done) settle.resolve(value)
  }

  /** Gives the failure that ended the whole transaction, if there was one. */
  async function runBehindSavepoint(
    { work, settle }: Waiting,
    done: { settle: Settle; value: unknown }[],
  ): Promise<{ error: unknown } | undefined> {
    const saved = sent(send('savepoint work'))
    const { tx, end } = transactionOf(connection, dialect)
    try {
      const value = await work(tx)
      await end()
      // Only a lost transaction fails to release; then COMMIT fails too and tells why.
      sent(send('release savepoint work'))
      done.push({ settle, value })
    } catch (error) {
      await end()
      try {
        await saved.result
        await send('rollback to savepoint work')
        await send('release savepoint work')
      } catch (lost) {
        settle.reject(lost)
        return { error: lost }
      }
      settle.reject(error)
    }
    return undefined
  }

  return {
    commit(work) {
      if (drained) return Promise.reject(new Error('The store is closed.'))
      return new Promise((resolve, reject) => {
        waiting.push({ work, settle: { resolve: resolve as (value: unknown) => void, reject } })
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

/** Keeps a rejection from being reported before somebody waits for it. */
function sent<T>(result: Promise<T>): { result: Promise<T> } {
  result.catch(() => {})
  return { result }
}

/** A transaction for one work. After `end` it refuses: what leaks out of a work must not land in the next one's savepoint. */
function transactionOf(
  connection: DatabaseConnection,
  dialect: Dialect,
): { tx: Tx; end(): Promise<void> } {
  let over = false
  const running = new Set<Promise<unknown>>()
  const guarded: DatabaseConnection = {
    executeQuery<R>(query: CompiledQuery) {
      if (over) return Promise.reject(new Error('This work is over: await every query inside it.'))
      const result = connection.executeQuery<R>(query)
      running.add(result)
      const forget = () => void running.delete(result)
      result.then(forget, forget)
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
  }
}

export const readerOf = (dialect: Dialect): Kysely<Database> => new Kysely<Database>({ dialect })
