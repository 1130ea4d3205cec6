import pg from 'pg'
import { Refusal } from '../../refusal.ts'

/** The database went away or never answered. What was under way was not done, as far as is known. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause))
    this.name = 'ConnectionLost'
    this.cause = cause
  }
}

/** SQLSTATE: connections that are ended, servers that start or stop, and those that are full. */
const GONE = new Set(['57P01', '57P02', '57P03', '53300'])
const READ_ONLY = '25006'
/** Serialization, deadlock, and a row that somebody else held for too long. */
const IN_THE_WAY = new Set(['40001', '40P01', '55P03'])
const FULL = new Set(['53100', '53200'])
const CANCELLED = '57014'

const stateOf = (error: unknown): string =>
  error instanceof pg.DatabaseError ? (error.code ?? '') : ''

/** Where we write: the server has become a standby, and another one is to be found. */
export const isStandby = (error: unknown): boolean => stateOf(error) === READ_ONLY

/** Whatever the driver says that is not the server's own answer to a statement is a lost connection. */
export function asFailure(error: unknown): unknown {
  const state = stateOf(error)
  if (GONE.has(state) || state.startsWith('08')) return new ConnectionLost(error)
  if (error instanceof pg.DatabaseError || error instanceof RangeError) return error
  return error instanceof ConnectionLost ? error : new ConnectionLost(error)
}

/** Undone only because something was in the way: the same work may be done again. */
export const mayRunAgain = (error: unknown): boolean =>
  error instanceof ConnectionLost || IN_THE_WAY.has(stateOf(error))

/** What those who asked are told. Works' own refusals and what the schema forbids pass as they are. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error
  const state = stateOf(error)
  if (FULL.has(state)) {
    return because(
      error,
      'storage_full',
      'The database has no space left to store this. Tell whoever runs it; nothing was changed.',
    )
  }
  if (error instanceof ConnectionLost) {
    return because(error, 'try_again', 'The database does not answer just now. Try again.')
  }
  if (IN_THE_WAY.has(state) || state === CANCELLED) {
    return because(error, 'try_again', 'The database is too busy just now. Try again.')
  }
  return error
}

function because(cause: unknown, code: 'storage_full' | 'try_again', message: string): Refusal {
  const refusal = new Refusal(code, message)
  refusal.cause = cause
  return refusal
}
