import type { Tx } from '../store.ts'

/** Saved invitation messages, who took which when, and what a dialog begins with. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema
    .createTable('saved_messages')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('brand_id', 'text')
    .addColumn('site_id', 'text')
    .addColumn('language', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('saved_messages_pk', ['id'])
    .addForeignKeyConstraint('saved_messages_brand', ['brand_id'], 'brands', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .addForeignKeyConstraint('saved_messages_site', ['site_id'], 'sites', ['id'], (key) =>
      key.onDelete('set null'),
    )
    .execute()
  await tx.schema
    .createIndex('saved_messages_agent_id')
    .on('saved_messages')
    .column('agent_id')
    .execute()
  await tx.schema
    .createIndex('saved_messages_brand_id')
    .on('saved_messages')
    .column('brand_id')
    .execute()
  await tx.schema
    .createTable('saved_message_uses')
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('used_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('saved_message_uses_pk', ['agent_id', 'message_id'])
    .addForeignKeyConstraint(
      'saved_message_uses_message',
      ['message_id'],
      'saved_messages',
      ['id'],
      (key) => key.onDelete('cascade'),
    )
    .execute()
  await tx.schema
    .createTable('standard_messages')
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('standard_messages_pk', ['owner'])
    .addForeignKeyConstraint(
      'standard_messages_message',
      ['message_id'],
      'saved_messages',
      ['id'],
      (key) => key.onDelete('cascade'),
    )
    .execute()
}
