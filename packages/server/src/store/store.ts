import type { Kysely, Transaction } from 'kysely'
import type { Database } from './database.ts'

export type Db = Kysely<Database>
export type Tx = Transaction<Database>

export type HowToCommit = {
  /**
   * The work asks everything before it awaits an answer, and what it asks later is refused. Such
   * works run side by side, many a second more than one after the other.
   */
  inOneBreath?: boolean
}

/**
 * The only way to the database. Reads see the last commit. A work awaits nothing but its `tx`; it
 * shares a transaction with its neighbours behind a savepoint of its own, and `commit` resolves
 * only after COMMIT is durable (DESIGN §8). If a work throws, or one of its statements fails, it
 * alone is undone and its error is passed on; if COMMIT fails, every work in it rejects. A work may
 * be run again when another node was in its way, so it changes nothing but its `tx`.
 */
export type Store = {
  readonly engine: 'sqlite' | 'postgres'
  read<T>(query: (db: Db) => Promise<T>): Promise<T>
  commit<T>(work: (tx: Tx) => Promise<T>, how?: HowToCommit): Promise<T>
  /**
   * Bulk that nobody waits for: every statement is a transaction of its own, in the order they are
   * sent, and gives way to works. Resolves when they are durable.
   */
  append<T>(statements: (db: Db) => Promise<T>): Promise<T>
  /** Resolves when the store answers; rejects with the reason otherwise (`/readyz`). */
  check(): Promise<void>
  close(): Promise<void>
}
