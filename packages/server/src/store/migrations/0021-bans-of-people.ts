import { sql } from 'kysely'
import type { Tx } from '../store.ts'

/** A ban of somebody verified is about the person: every browser of theirs. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema.alterTable('bans').addColumn('person_id', 'text').execute()
  await sql`
    update bans set person_id =
      (select visitors.person_id from visitors where visitors.id = bans.visitor_id)`.execute(tx)
}
