import type { AgentId, Timestamp } from '@beckon/protocol'
import { record } from '../agents/record.ts'
import { newId, newToken } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { hashOf } from '../store/one-time-rows.ts'
import type { Tx } from '../store/store.ts'
import { days } from '../time/clock.ts'

/** After this long a sign-in is over whatever happens. */
export const ABSOLUTE_MS = days(7)

export type Where = { ip: string; userAgent: string }
export type StartedSignIn = { agentId: AgentId; signInId: string; token: string }
/** What proved who it was: `change` is the setup, or a change of one's own account that ended the one before. */
type SignInProof = 'password' | 'code' | 'recovery code' | 'passkey' | 'change'

/** A new sign-in with a new token (T13): there is no other place where one begins. */
export async function startSignIn(
  tx: Tx,
  started: {
    agentId: AgentId
    where: Where
    by: SignInProof
    now: Timestamp
    passkeyId?: string | undefined
    /** Of a change: what the sign-in before it had. */
    twoSteps?: boolean | undefined
  },
): Promise<StartedSignIn> {
  const { agentId, where, by, now, passkeyId } = started
  const { twoSteps = by !== 'password' && by !== 'change' } = started
  const agent = await tx
    .selectFrom('agents')
    .select('id')
    .where('id', '=', agentId)
    .where('disabled', '=', 0)
    .executeTakeFirst()
  if (!agent) throw new Refusal('wrong_password', 'This account has just been disabled.')
  const token = newToken()
  const signInId = newId()
  await tx
    .insertInto('sign_ins')
    .values({
      id: signInId,
      token_hash: hashOf(token),
      agent_id: agentId,
      created_at: now,
      last_seen_at: now,
      expires_at: now + ABSOLUTE_MS,
      proved_at: now,
      passkey_id: passkeyId ?? null,
      two_steps: twoSteps ? 1 : 0,
      user_agent: where.userAgent.slice(0, 300),
      ip: where.ip,
    })
    .execute()
  const data = { by }
  await record(tx, { type: 'agent.signed_in', subjectId: agentId, agentId, at: now, data })
  return { agentId, signInId, token }
}
