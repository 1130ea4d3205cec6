import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../store.ts'

/**
 * What ended lately is asked for by nodes that cannot hear each other, every other second; which
 * visits go on still is asked at every start.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.schema.createIndex('invitations_ended_at').on('invitations').column('ended_at').execute()
  await tx.schema
    .createIndex('visits_going_on')
    .on('visits')
    .column('navigated_at')
    .where(sql.raw<SqlBool>('ended_at is null'))
    .execute()
}
