import type { Tx } from '../store.ts'

/** Who may not visit. A ban that has ended leaves with its row; the event log remembers who made it. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema
    .createTable('bans')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('brand_id', 'text', (column) => column.notNull())
    .addColumn('visitor_id', 'text')
    .addColumn('who', 'text')
    .addColumn('range', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint')
    .addColumn('matches', 'integer', (column) => column.notNull())
    .addColumn('matched_at', 'bigint')
    .addPrimaryKeyConstraint('bans_pk', ['id'])
    .addForeignKeyConstraint('bans_brand', ['brand_id'], 'brands', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await tx.schema.createIndex('bans_brand_id').on('bans').column('brand_id').execute()
  await tx.schema.createIndex('bans_visitor_id').on('bans').column('visitor_id').execute()
}
