import type { Tx } from '../store.ts'

/** Links of every type: what they offer, what they do while nobody answers, their rules and pictures. */
export async function up(tx: Tx): Promise<void> {
  const { schema } = tx
  await schema.alterTable('links').addColumn('department_ids', 'text').execute()
  await schema.alterTable('links').addColumn('offline', 'text').execute()
  await schema
    .alterTable('links')
    .addColumn('css', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await schema.alterTable('links').addColumn('images', 'text').execute()
  await schema.alterTable('links').addColumn('seen_at', 'bigint').execute()

  await schema
    .createTable('images')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('site_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    // Base64: engines differ in how they hold bytes, and a picture is small.
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('images_pk', ['id'])
    .addForeignKeyConstraint('images_site', ['site_id'], 'sites', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
  await schema.createIndex('images_site_id').on('images').columns(['site_id']).execute()
}
