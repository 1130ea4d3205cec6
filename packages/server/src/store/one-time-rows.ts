import { createHash } from 'node:crypto'
import { newToken } from '../ids.ts'
import type { Tx } from './store.ts'

/** Of a token only this is kept. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The same permission under a new token, which nobody can read again; undefined where it has ended. */
export async function renewOneTime(tx: Tx, tokenHash: string): Promise<string | undefined> {
  const token = newToken()
  const renewed = await tx
    .updateTable('one_times')
    .set({ token_hash: hashOf(token) })
    .where('token_hash', '=', tokenHash)
    .returning('kind')
    .executeTakeFirst()
  return renewed && token
}
