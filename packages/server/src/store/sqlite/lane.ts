import type Database from 'better-sqlite3'
import type { Answer, Ask, Failure } from './wire.ts'

type Prepared = { statement: Database.Statement; returnsRows: boolean }

/** Queries come from code, so there are few different texts; the bound is for lists in `in (…)`. */
const STATEMENTS_KEPT = 500

/** One connection and its prepared statements, run in the order they are asked. */
export function openLane(db: Database.Database): (ask: Ask) => Answer {
  const prepared = new Map<string, Prepared>()
  let lost: Failure | undefined

  function prepare(sql: string): Prepared {
    const known = prepared.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    const fresh = { statement, returnsRows: statement.reader }
    if (prepared.size >= STATEMENTS_KEPT) prepared.clear()
    prepared.set(sql, fresh)
    return fresh
  }

  return ({ id, sql, params }) => {
    // SQLite undoes a whole transaction by itself when the disk is full or fails. What follows
    // would then run outside of any transaction and stay; so it fails until somebody rolls back.
    if (lost) {
      if (sql !== 'rollback') return { id, failure: lost }
      lost = undefined
      return { id, rows: [] }
    }
    const wasInTransaction = db.inTransaction
    try {
      const { statement, returnsRows } = prepare(sql)
      if (returnsRows) return { id, rows: statement.all(...params) }
      return { id, rows: [], changes: statement.run(...params).changes }
    } catch (error) {
      const failure = toFailure(error)
      if (wasInTransaction && !db.inTransaction && sql !== 'commit') lost = failure
      return { id, failure }
    }
  }
}

export const toFailure = (error: unknown): Failure => ({
  message: error instanceof Error ? error.message : String(error),
  code: String((error as { code?: unknown } | null)?.code ?? ''),
})
