import type { AgentId, Timestamp } from '@beckon/protocol'
import type { Db, Tx } from '../store/store.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import type { Seals } from './seals.ts'
import { stepOf } from './totp.ts'

type Guess = { agentId: AgentId; code: string; now: Timestamp; seals: Seals }

/** The authenticator that guards an account; one that is not confirmed yet guards nothing. */
export const authenticatorOf = (db: Db | Tx, agentId: AgentId) =>
  db
    .selectFrom('authenticators')
    .select(['secret', 'confirmed_at'])
    .where('agent_id', '=', agentId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()

/**
 * Whether a code of the app is good now. Each step of 30 s is good once for an account (T15): of
 * two at the same time, on whatever node, the row decides.
 */
export async function takeAppCode(
  tx: Tx,
  { agentId, code, now, seals }: Guess,
  secret: string,
): Promise<boolean> {
  const plain = seals.open(secret, agentId)
  if (plain === undefined) {
    throw new Error('No key of this installation opens the secret of an authenticator.')
  }
  const step = stepOf(plain, code, now)
  if (step === undefined) return false
  const { numUpdatedRows } = await tx
    .updateTable('authenticators')
    .set({ last_step: step })
    .where('agent_id', '=', agentId)
    .where('last_step', '<', step)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  // A new key takes over as the old ones are used.
  if (!seals.isCurrent(secret)) {
    await tx
      .updateTable('authenticators')
      .set({ secret: seals.seal(plain, agentId) })
      .where('agent_id', '=', agentId)
      .execute()
  }
  return true
}

/** Which second proof a code is: of the app, or one of those kept for when it is lost. */
export async function takeCode(
  tx: Tx,
  guess: Guess,
): Promise<'code' | 'recovery code' | undefined> {
  const authenticator = await authenticatorOf(tx, guess.agentId)
  if (!authenticator) return undefined
  if (/^[\d\s]+$/.test(guess.code)) {
    return (await takeAppCode(tx, guess, authenticator.secret)) ? 'code' : undefined
  }
  return (await takeRecoveryCode(tx, guess)) ? 'recovery code' : undefined
}
