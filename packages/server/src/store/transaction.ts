import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type QueryResult,
  Transaction,
} from 'kysely'
import type { Database } from './database.ts'
import type { Tx } from './store.ts'

/** The first statement that failed, and it and those behind it, which may have failed because of it. */
export type Failure = { error: unknown; others: Set<unknown> }

export type WorkTransaction = {
  tx: Tx
  /** What a held one was asked goes out now, in the order asked. More may not be asked of it. */
  letGo(): void
  /** Refuses from now on; resolves when nothing of it runs. */
  end(): Promise<void>
  failure(): Failure | undefined
}

const OVER = 'This work is over: await every query inside it.'
const BREATHED = 'A work in one breath asks everything before it awaits an answer.'

/**
 * A transaction for one work. After `end` it refuses: what leaks out of a work must not land in the
 * next one's savepoint. A `held` one keeps what it is asked until it is let go.
 */
export function transactionOf(
  connection: DatabaseConnection,
  dialect: Dialect,
  { held = false } = {},
): WorkTransaction {
  let refusal: string | undefined
  let failure: Failure | undefined
  let kept: (() => void)[] | undefined = held ? [] : undefined
  const running = new Set<Promise<unknown>>()

  const ask = <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
    kept
      ? new Promise((resolve) => {
          kept?.push(() => resolve(connection.executeQuery<R>(query)))
        })
      : connection.executeQuery<R>(query)

  const guarded: DatabaseConnection = {
    executeQuery<R>(query: CompiledQuery) {
      if (refusal) return Promise.reject(new Error(refusal))
      const result = ask<R>(query)
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
    letGo() {
      const asked = kept
      if (!asked) return
      kept = undefined
      refusal = BREATHED
      for (const go of asked) go()
    },
    async end() {
      refusal = OVER
      await Promise.allSettled(running)
    },
    failure: () => failure,
  }
}
