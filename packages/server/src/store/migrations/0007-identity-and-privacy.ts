import type { Tx } from '../store.ts'

/** Verified identities and the keys they are signed with; what a site keeps of addresses and shows visitors. */
export async function up(tx: Tx): Promise<void> {
  const { schema } = tx
  await schema
    .createTable('identity_keys')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('site_id', 'text', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('identity_keys_pk', ['id'])
    .addForeignKeyConstraint('identity_keys_site', ['site_id'], 'sites', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
  await schema
    .createIndex('identity_keys_site_id')
    .on('identity_keys')
    .columns(['site_id'])
    .execute()

  await schema
    .createTable('persons')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('brand_id', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('display_name', 'text')
    .addColumn('username', 'text')
    .addColumn('email', 'text')
    .addColumn('verified_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('persons_pk', ['id'])
    .execute()
  await schema.alterTable('visitors').addColumn('person_id', 'text').execute()
  await schema.createIndex('visitors_person_id').on('visitors').columns(['person_id']).execute()

  await schema.alterTable('sites').addColumn('query_keys', 'text').execute()
  await schema
    .alterTable('sites')
    .addColumn('show_privacy', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
