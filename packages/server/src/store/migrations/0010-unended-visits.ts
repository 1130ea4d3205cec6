import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../store.ts'

/** Every start looks for visits that a stopped server left open, among all that are kept. */
export const up = (tx: Tx): Promise<void> =>
  tx.schema
    .createIndex('visits_unended')
    .on('visits')
    .columns(['navigated_at'])
    .where(sql<SqlBool>`ended_at is null`)
    .execute()
