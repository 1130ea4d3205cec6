import type { Tx } from '../store.ts'

/** How a brand's portal looks: its colour, and what stands in its corner instead of the name. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema.alterTable('brands').addColumn('accent', 'text').execute()
  await tx.schema.alterTable('brands').addColumn('logo_text', 'text').execute()
}
