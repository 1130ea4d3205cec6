const UNIQUE = 'SQLITE_CONSTRAINT_UNIQUE'
const CODES = [UNIQUE, 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']

/** Somebody else was first: a unique index refused what the work's own look had allowed. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Error && CODES.includes(String((error as { code?: unknown }).code ?? ''))

/** The same, seen by whoever looked at what its own statements had changed. */
export class Taken extends Error {
  readonly code = UNIQUE
}
