import type { Tx } from '../store.ts'

/** Saved filters of Who's On. One without an owner is shared: with a brand, or with everyone. */
export async function up(tx: Tx): Promise<void> {
  const { schema } = tx
  await schema
    .createTable('filters')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text')
    .addColumn('brand_id', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('stands_for', 'text')
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('filters_pk', ['id'])
    .addForeignKeyConstraint('filters_owner', ['owner_id'], 'agents', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .addForeignKeyConstraint('filters_brand', ['brand_id'], 'brands', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
  // What stands for nothing is null, and nulls are never equal.
  await schema
    .createIndex('filters_stand_in')
    .on('filters')
    .columns(['owner_id', 'stands_for'])
    .unique()
    .execute()
  await schema
    .createTable('filter_arrangements')
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('hidden', 'text', (column) => column.notNull())
    .addColumn('ordered', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('filter_arrangements_pk', ['agent_id'])
    .addForeignKeyConstraint('filter_arrangements_agent', ['agent_id'], 'agents', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
}
