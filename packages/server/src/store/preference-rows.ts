import type { AgentId, Preferences, Timestamp } from '@beckon/protocol'
import type { Db, Tx } from './store.ts'

export async function preferencesOf(db: Db | Tx, agentId: AgentId): Promise<Preferences> {
  const row = await db
    .selectFrom('preferences')
    .select('value')
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  return row ? (JSON.parse(row.value) as Preferences) : {}
}

export async function keepPreferences(
  tx: Tx,
  { agentId, preferences, at }: { agentId: AgentId; preferences: Preferences; at: Timestamp },
): Promise<void> {
  const value = JSON.stringify(preferences)
  await tx
    .insertInto('preferences')
    .values({ agent_id: agentId, value, changed_at: at })
    .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ value, changed_at: at }))
    .execute()
}
