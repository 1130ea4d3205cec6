import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  type QueryResult,
} from 'kysely'
import type { Database } from './database.ts'
import type { HowToCommit, Tx } from './store.ts'
import { transactionOf, type WorkTransaction } from './transaction.ts'

/*
 * One writer. Works queue up; the writer runs those that wait in one transaction, each behind a
 * savepoint of its own, and answers after COMMIT, so that many share one trip to the disk. The
 * engine only has to run statements of a connection in the order they are sent: savepoint and
 * release are sent without waiting, and travel with the statements of the works around them.
 *
 * Works in one breath that stand next to each other are asked together, each behind a savepoint
 * within that of the one before, and share one trip to the engine and back. If one is undone, so
 * are those behind it: they run again, one by one, so that works which are refused hold up the
 * others no longer than twice their own time.
 *
 * Works of other processes may be in the way of ours. A work undone for that reason alone waits
 * first in line and runs again in the next group; what went before it in this one is committed at
 * once, which lets go of the rows the others may be waiting for.
 */

/**
 * A group is closed at whichever comes first. Longer would be felt as latency; shorter, and a slow
 * disk is asked too often to keep up.
 */
const GROUP_WORKS = 256
const GROUP_MS = 20
/** How long a work waits for a database that is away or a row that is taken. */
const PATIENCE_MS = 5_000

export type GroupCommit = {
  commit<T>(work: (tx: Tx) => Promise<T>, how?: HowToCommit): Promise<T>
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
  inOneBreath: boolean
  settle: Settle
}
type Settle = { resolve(value: unknown): void; reject(error: unknown): void }
type Done = { waiting: Waiting; value: unknown }
type Running = {
  waiting: Waiting
  transaction: WorkTransaction
  saved: Sent<unknown>
  value: Sent<unknown>
}
type Sent<T> = { result: Promise<T> }

/** Where a transaction runs. */
export type Place = {
  connection: DatabaseConnection
  dialect: Dialect
  /** What opens a transaction. */
  begin(): string
  /** Resolves when there is a connection to begin on; rejects when that takes too long. */
  ready?(withinMs: number): Promise<void>
  /**
   * Plain COMMIT unless said otherwise; gets what `begin` answered. While nobody can say whether it
   * was done, `inDoubt` hears why, again and again.
   */
  commit?(begun: QueryResult<unknown>, inDoubt: (why: unknown) => void): Promise<void>
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
    for (let works = 0; works < GROUP_WORKS; ) {
      const next = nextWorks(GROUP_WORKS - works)
      if (next.length === 0) break
      works += next.length
      const outcome = await runBehindSavepoints(next, done)
      if (outcome === 'blocked') break
      if (typeof outcome === 'object') {
        broken = outcome
        break
      }
      if (now() - started >= GROUP_MS) break
    }
    try {
      if (broken) throw broken.error
      await commit(await began.result, refuseLate)
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
      if (waiting[0] === first) waiting.shift()?.settle.reject(error)
      refuseLate(error)
      return false
    }
  }

  /** Those who have waited too long, of whom nothing is under way. */
  function refuseLate(error: unknown): void {
    while (waiting[0] && isLate(waiting[0])) waiting.shift()?.settle.reject(error)
  }

  const isLate = ({ since }: Waiting): boolean => now() - since >= PATIENCE_MS

  /** Back to the head of the line, where it was. */
  function runAgainOrReject(undone: Waiting, error: unknown): boolean {
    const again = mayRunAgain(error) && !isLate(undone)
    if (again) waiting.unshift(undone)
    else undone.settle.reject(error)
    return again
  }

  /** The first that waits; if it is in one breath, with those behind it that are, too. */
  function nextWorks(atMost: number): Waiting[] {
    const other = waiting.findIndex(({ inOneBreath }) => !inOneBreath)
    const together = other === -1 ? waiting.length : other
    return waiting.splice(0, Math.min(Math.max(together, 1), atMost))
  }

  /** `blocked` when others were in the way; the failure if it ended the whole transaction. */
  async function runBehindSavepoints(
    works: readonly Waiting[],
    done: Done[],
  ): Promise<'done' | 'undone' | 'blocked' | { error: unknown }> {
    const running = await startAll(works)
    for (const [n, { waiting: work, saved, value, transaction }] of running.entries()) {
      const { end, failure } = transaction
      try {
        const answer = await value.result
        await end()
        const refused = failure()
        // PostgreSQL forgives no failed statement, so none is forgiven anywhere.
        if (refused) throw refused.error
        done.push({ waiting: work, value: answer })
      } catch (thrown) {
        await end()
        const error = failure()?.others.has(thrown) ? failure()?.error : thrown
        await putBack(running.slice(n + 1))
        try {
          await saved.result
          await send(`rollback to savepoint work${n}`)
          await send('release savepoint work0')
        } catch (lost) {
          runAgainOrReject(work, lost)
          return { error: lost }
        }
        return runAgainOrReject(work, error) ? 'blocked' : 'undone'
      }
    }
    // Only a lost transaction fails to release; then COMMIT fails too and tells why.
    sent(send('release savepoint work0'))
    return 'done'
  }

  async function startAll(works: readonly Waiting[]): Promise<Running[]> {
    const started = works.map((work, n) => {
      if (!work.begun) {
        work.begun = true
        work.since = now()
      }
      const transaction = transactionOf(connection, dialect, { held: work.inOneBreath })
      const saves = () => sent(send(`savepoint work${n}`))
      // It goes on to ask as it is answered, so its savepoint stands before it begins.
      const saved = work.inOneBreath ? undefined : saves()
      const value = sent(Promise.resolve(transaction.tx).then(work.work))
      return { waiting: work, transaction, saves, saved, value }
    })
    if (works[0]?.inOneBreath) await breath()
    return started.map(({ saves, saved = saves(), ...rest }) => {
      rest.transaction.letGo()
      return { ...rest, saved }
    })
  }

  /** Undone with the one before them: they run again behind it, each by itself. */
  async function putBack(behind: readonly Running[]): Promise<void> {
    await Promise.all(behind.map(({ transaction }) => transaction.end()))
    waiting.unshift(...behind.map(({ waiting }) => ({ ...waiting, inOneBreath: false })))
  }

  return {
    commit(work, { inOneBreath = false } = {}) {
      if (drained) return Promise.reject(new Error('The store is closed.'))
      return new Promise((resolve, reject) => {
        const settle = { resolve: resolve as (value: unknown) => void, reject }
        waiting.push({ work, since: now(), inOneBreath, settle })
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
function sent<T>(result: Promise<T>): Sent<T> {
  result.catch(() => {})
  return { result }
}

/** When all microtasks of now have run: whatever follows from a call alone has been asked. */
const breath = () => new Promise<void>((resolve) => queueMicrotask(() => process.nextTick(resolve)))

/** Runs statements outside of works. */
export const readerOf = (dialect: Dialect): Kysely<Database> => new Kysely<Database>({ dialect })
