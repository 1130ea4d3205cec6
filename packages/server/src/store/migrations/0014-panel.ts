import type { Tx } from '../store.ts'

/** What departments ask before and after a chat, what was answered, and what visitors are spoken to in. */
export async function up({ schema }: Tx): Promise<void> {
  await schema
    .createTable('department_forms')
    .addColumn('department_id', 'text', (column) =>
      column.primaryKey().references('departments.id').onDelete('cascade'),
    )
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('texts', 'text', (column) => column.notNull())
    .addColumn('survey', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('chat_answers')
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('chats.id').onDelete('cascade'),
    )
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('chat_answers_key', ['chat_id', 'place'])
    .execute()
  await schema
    .createTable('chat_surveys')
    .addColumn('chat_id', 'text', (column) =>
      column.primaryKey().references('chats.id').onDelete('cascade'),
    )
    .addColumn('rating', 'integer', (column) => column.notNull())
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('answered_at', 'bigint', (column) => column.notNull())
    .execute()
  await schema.alterTable('sites').addColumn('visitor_language', 'text').execute()
}
