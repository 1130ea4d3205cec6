import type { Tx } from '../store.ts'

/** Chats passed on, joined, tagged, and talked about among agents. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema.alterTable('chats').addColumn('waiting_since', 'bigint').execute()
  await tx.schema.alterTable('chats').addColumn('transferred_at', 'bigint').execute()
  await tx.schema.alterTable('chat_participants').addColumn('joined_at', 'bigint').execute()
  await tx.schema.alterTable('messages').addColumn('fact', 'text').execute()

  await tx.schema
    .createTable('chat_notes')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('chat_id', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addForeignKeyConstraint('chat_notes_chat', ['chat_id'], 'chats', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
  await tx.schema
    .createIndex('chat_notes_chat_id_at')
    .on('chat_notes')
    .columns(['chat_id', 'at'])
    .execute()

  await tx.schema
    .createTable('chat_tags')
    .addColumn('chat_id', 'text', (c) => c.notNull())
    .addColumn('tag_id', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('chat_tags_pk', ['chat_id', 'tag_id'])
    .addForeignKeyConstraint('chat_tags_chat', ['chat_id'], 'chats', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
  await tx.schema.createIndex('chat_tags_tag_id').on('chat_tags').columns(['tag_id']).execute()
}
