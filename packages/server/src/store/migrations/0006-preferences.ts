import type { Tx } from '../store.ts'

/** What agents have chosen for themselves. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema
    .createTable('preferences')
    .addColumn('agent_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('preferences_agent', ['agent_id'], 'agents', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
}
