import type { Tx } from '../store.ts'

/** How far words have come, those of visitors and whispers, whether agents read along, and sign-ins of two steps. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema
    .alterTable('chats')
    .addColumn('agent_delivered', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await tx.schema
    .alterTable('sites')
    .addColumn('show_typing', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await tx.schema
    .alterTable('sign_ins')
    .addColumn('two_steps', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await tx.schema.alterTable('chat_notes').addColumn('heard_at', 'bigint').execute()
}
