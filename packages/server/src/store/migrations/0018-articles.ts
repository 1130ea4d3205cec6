import type { Tx } from '../store.ts'

/** Help articles of a brand's portal. */
export async function up({ schema }: Tx): Promise<void> {
  await schema
    .createTable('articles')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('brand_id', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('lead', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('published', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('articles_pk', ['id'])
    .addForeignKeyConstraint('articles_brand', ['brand_id'], 'brands', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await schema
    .createIndex('articles_brand_id_slug')
    .on('articles')
    .columns(['brand_id', 'slug'])
    .unique()
    .execute()
}
