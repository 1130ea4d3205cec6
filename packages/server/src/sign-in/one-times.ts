import type { AgentId, Timestamp } from '@beckon/protocol'
import { newToken } from '../ids.ts'
import { hashOf } from '../store/one-time-rows.ts'
import type { OneTimeKind } from '../store/sign-in-tables.ts'
import type { Db, Tx } from '../store/store.ts'

/*
 * Tokens that are good for one thing, once, for a while. Only their hash is kept, and taking one
 * deletes it, so that of two at the same time one gets it.
 */

export type OneTime<Data> = { agentId: AgentId | null; data: Data; expiresAt: Timestamp }
type Asked = { kind: OneTimeKind; token: string; now: Timestamp }

/** Makes one and gives its token, which nobody can read again. */
export async function makeOneTime(
  tx: Tx,
  made: {
    kind: OneTimeKind
    agentId: AgentId | null
    data?: object
    now: Timestamp
    lasts: number
  },
): Promise<string> {
  const token = newToken()
  await tx
    .insertInto('one_times')
    .values({
      token_hash: hashOf(token),
      kind: made.kind,
      agent_id: made.agentId,
      data: JSON.stringify(made.data ?? {}),
      created_at: made.now,
      expires_at: made.now + made.lasts,
    })
    .execute()
  return token
}

/** Looks at one and leaves it. */
export async function lookAtOneTime<Data>(
  db: Db | Tx,
  { kind, token, now }: Asked,
): Promise<OneTime<Data> | undefined> {
  const row = await db
    .selectFrom('one_times')
    .select(['agent_id', 'data', 'expires_at'])
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && read<Data>(row)
}

export async function takeOneTime<Data>(
  tx: Tx,
  { kind, token, now }: Asked,
): Promise<OneTime<Data> | undefined> {
  const row = await tx
    .deleteFrom('one_times')
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .returning(['agent_id', 'data', 'expires_at'])
    .executeTakeFirst()
  return row && read<Data>(row)
}

const read = <Data>(row: {
  agent_id: AgentId | null
  data: string
  expires_at: Timestamp
}): OneTime<Data> => ({
  agentId: row.agent_id,
  data: JSON.parse(row.data) as Data,
  expiresAt: row.expires_at,
})

export const endOneTimes = (tx: Tx, agentId: AgentId, kinds: readonly OneTimeKind[]) =>
  tx
    .deleteFrom('one_times')
    .where('agent_id', '=', agentId)
    .where('kind', 'in', kinds)
    .returning('kind')
    .execute()

export const forgetOneTimes = (tx: Tx, now: Timestamp) =>
  tx.deleteFrom('one_times').where('expires_at', '<=', now).execute()
