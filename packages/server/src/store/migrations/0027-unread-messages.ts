import { sql } from 'kysely'
import type { Tx } from '../store.ts'

/**
 * Lists show how much of a chat is unread at every message: counted along, it costs the same after
 * a thousand of them. What a server of the version before stores meanwhile counts once it is seen.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.schema
    .alterTable('chats')
    .addColumn('unread', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`
    update chats set unread = (
      select count(*) from messages
      where messages.chat_id = chats.id
        and messages.seq > chats.agent_seen
        and messages.sender = 'visitor'
    )`.execute(tx)
}
