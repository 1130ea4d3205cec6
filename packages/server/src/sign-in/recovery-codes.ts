import { randomInt } from 'node:crypto'
import type { AgentId, Timestamp } from '@beckon/protocol'
import { hashOf } from '../store/one-time-rows.ts'
import type { Db, Tx } from '../store/store.ts'

const HOW_MANY = 10
/** Without letters and figures that are taken for one another: they are written down and typed. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const IN_GROUP = 4

const group = () =>
  Array.from({ length: IN_GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join('')
const newCode = () => Array.from({ length: GROUPS }, group).join('-')

/** However it was typed. */
const plain = (code: string) => code.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Ten new ones in place of whatever there was; shown once, kept as hashes. */
export async function makeRecoveryCodes(
  tx: Tx,
  { agentId, now }: { agentId: AgentId; now: Timestamp },
): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, newCode)
  await forgetRecoveryCodes(tx, agentId)
  await tx
    .insertInto('recovery_codes')
    .values(
      codes.map((code) => ({
        agent_id: agentId,
        code_hash: hashOf(plain(code)),
        created_at: now,
        used_at: null,
      })),
    )
    .execute()
  return codes
}

/** Whether the code was there and unused; it is used now. */
export async function takeRecoveryCode(
  tx: Tx,
  { agentId, code, now }: { agentId: AgentId; code: string; now: Timestamp },
): Promise<boolean> {
  const typed = plain(code)
  if (typed.length !== GROUPS * IN_GROUP) return false
  const { numUpdatedRows } = await tx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('agent_id', '=', agentId)
    .where('code_hash', '=', hashOf(typed))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const forgetRecoveryCodes = (tx: Tx, agentId: AgentId) =>
  tx.deleteFrom('recovery_codes').where('agent_id', '=', agentId).execute()

export async function recoveryCodesLeft(db: Db | Tx, agentId: AgentId): Promise<number> {
  const rows = await db
    .selectFrom('recovery_codes')
    .select('code_hash')
    .where('agent_id', '=', agentId)
    .where('used_at', 'is', null)
    .execute()
  return rows.length
}
