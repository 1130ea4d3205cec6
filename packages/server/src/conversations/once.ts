import { createHash } from 'node:crypto'
import type { Timestamp } from '@beckon/protocol'
import { Refusal } from '../refusal.ts'
import { doneCommand, insertDoneCommand } from '../store/command-rows.ts'
import type { Tx } from '../store/store.ts'

/**
 * Sending twice means once (I13): the first time the work runs and its answer is kept in the same
 * transaction; the same command again gets that answer. A refusal is not kept: it had no effect.
 */
export async function once<T>(
  tx: Tx,
  command: { actorId: string; asked: { id: string }; at: Timestamp },
  work: () => Promise<T>,
): Promise<T> {
  const { actorId, asked, at } = command
  const fingerprint = createHash('sha256').update(JSON.stringify(asked)).digest('base64url')
  const done = await doneCommand(tx, actorId, asked.id)
  if (done) {
    if (done.fingerprint !== fingerprint) throw reused()
    return JSON.parse(done.result) as T
  }
  const result = await work()
  await insertDoneCommand(tx, {
    actor_id: actorId,
    client_id: asked.id,
    fingerprint,
    result: JSON.stringify(result ?? null),
    at,
  })
  return result
}

export const reused = (): Refusal =>
  new Refusal('client_id_reused', 'This id was used for something else. Send it under a new one.')
