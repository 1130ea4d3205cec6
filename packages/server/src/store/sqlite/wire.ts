/*
 * What the main thread and the database worker say to each other: statements as text and
 * parameters one way, rows the other, many in one message. Order is kept in both directions.
 */

/** `write` sees its own open transaction; `read` sees the last commit. */
export type Lane = 'write' | 'read'

/** What the worker is started with. */
export type WorkerStart = { file: string; lockFile: string }

export type Ask = { id: number; lane: Lane; sql: string; params: readonly unknown[] }

export type Answer =
  | { id: number; rows: unknown[]; changes?: number }
  | { id: number; failure: Failure }

export type Failure = { message: string; code: string }

/** The first thing the worker says. */
export type Greeting = { ready: true } | { failure: Failure }
