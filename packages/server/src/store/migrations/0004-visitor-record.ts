import type { Tx } from '../store.ts'

/** What agents put on visitors (notes, tags), and what pages said about who they are. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema
    .createTable('tags')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('brand_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('folded', 'text', (c) => c.notNull())
    .addColumn('tint', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await tx.schema
    .createIndex('tags_one_name')
    .on('tags')
    .columns(['brand_id', 'folded'])
    .unique()
    .execute()

  await tx.schema
    .createTable('visitor_tags')
    .addColumn('visitor_id', 'text', (c) => c.notNull())
    .addColumn('tag_id', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('visitor_tags_pk', ['visitor_id', 'tag_id'])
    .execute()
  await tx.schema
    .createIndex('visitor_tags_tag_id')
    .on('visitor_tags')
    .columns(['tag_id'])
    .execute()

  await tx.schema
    .createTable('visitor_notes')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('brand_id', 'text', (c) => c.notNull())
    .addColumn('visitor_id', 'text', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('edited_at', 'bigint')
    .execute()
  await tx.schema
    .createIndex('visitor_notes_visitor_id_at')
    .on('visitor_notes')
    .columns(['visitor_id', 'at'])
    .execute()

  // Beside its visit, so that retention finds it; read by visitor.
  await tx.schema
    .createTable('identified')
    .addColumn('visit_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('visitor_id', 'text', (c) => c.notNull())
    .addColumn('display_name', 'text')
    .addColumn('username', 'text')
    .addColumn('email', 'text')
    .addPrimaryKeyConstraint('identified_pk', ['visit_id', 'at'])
    .execute()
  await tx.schema
    .createIndex('identified_visitor_id_at')
    .on('identified')
    .columns(['visitor_id', 'at'])
    .execute()
}
