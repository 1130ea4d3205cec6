import type Database from 'better-sqlite3'
import { openLane } from './lane.ts'
import type { Answer, Ask } from './wire.ts'

/**
 * Bulk that nobody waits for. It shares the writing connection, so it waits while a transaction is
 * open there; and since one statement at most runs between two transactions, those who commit wait
 * for no more than that, and the bulk is never starved.
 */
export function createAppends(writer: Database.Database) {
  const run = openLane(writer)
  let waiting: Ask[] = []
  let first = 0

  return {
    add: (ask: Ask): void => void waiting.push(ask),
    get ready(): boolean {
      return first < waiting.length && !writer.inTransaction
    },
    /** The answer to the oldest; none while a transaction is open. */
    next(): Answer[] {
      const ask = waiting[first]
      if (!ask || writer.inTransaction) return []
      first += 1
      if (first === waiting.length) {
        waiting = []
        first = 0
      }
      return [run(ask)]
    },
  }
}
