import type { Tx } from '../store.ts'

/** What ended lately is asked for by nodes that cannot hear each other, every other second. */
export async function up(tx: Tx): Promise<void> {
  await tx.schema.createIndex('invitations_ended_at').on('invitations').column('ended_at').execute()
}
