import type { Tx } from '../store.ts'

/** Files in chats: what they are, their bytes, and the passes to bring and to read them. */
export async function up({ schema }: Tx): Promise<void> {
  await schema.alterTable('messages').addColumn('file', 'text').execute()
  await schema
    .createTable('files')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('files_pk', ['id'])
    .addForeignKeyConstraint('files_chat', ['chat_id'], 'chats', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await schema.createIndex('files_chat_id').on('files').columns(['chat_id']).execute()
  await schema
    .createTable('file_passes')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('file_passes_pk', ['hash'])
    .execute()
  await schema
    .createIndex('file_passes_expires_at')
    .on('file_passes')
    .columns(['expires_at'])
    .execute()
}
