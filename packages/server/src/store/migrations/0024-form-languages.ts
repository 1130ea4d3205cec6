import type { Tx } from '../store.ts'

/** What departments ask and say in each language. */
export async function up({ schema }: Tx): Promise<void> {
  await schema
    .alterTable('department_forms')
    .addColumn('languages', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute()
}
