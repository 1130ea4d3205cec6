import type { Tx } from '../store.ts'

/** How far what visitors wrote has come, and whether agents read along while they write. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema
    .alterTable('chats')
    .addColumn('agent_delivered', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await tx.schema
    .alterTable('sites')
    .addColumn('show_typing', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
