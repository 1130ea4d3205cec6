import type { Tx } from '../store.ts'

/** What the page spoke on which an offline message was left: the answer speaks it, too. */
export async function up({ schema }: Tx): Promise<void> {
  await schema.alterTable('offline_messages').addColumn('language', 'text').execute()
}
