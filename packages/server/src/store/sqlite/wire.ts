/*
 * What the main thread and the database worker say to each other: statements as text and
 * parameters one way, rows the other, many in one message. Each lane keeps its order, in both directions.
 */

/**
 * `write` sees its own open transaction; `read` sees the last commit. Each statement of `append` is
 * a transaction of its own, and runs while no other is open.
 */
export type Lane = 'write' | 'read' | 'append'

/** What the worker is started with. */
export type WorkerStart = { file: string; lockFile: string }

export type Ask = { id: number; lane: Lane; sql: string; params: readonly unknown[] }

export type Answer =
  | { id: number; rows: unknown[]; changes?: number }
  | { id: number; failure: Failure }

export type Failure = { message: string; code: string }

/** The first thing the worker says. */
export type Greeting = { ready: true } | { failure: Failure }
