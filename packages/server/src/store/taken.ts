const CODES = ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']

/** Somebody else was first: a unique index refused what the work's own look had allowed. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Error && CODES.includes(String((error as { code?: unknown }).code ?? ''))
