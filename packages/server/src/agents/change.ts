import type { Directory } from '../directory/directory.ts'
import type { Refusal } from '../refusal.ts'
import type { Store, Tx } from '../store/store.ts'
import { isTaken } from '../store/taken.ts'
import { takeTurn } from '../store/turn.ts'
import type { Clock } from '../time/clock.ts'
import type { AgentActor } from './actor.ts'
import { type AdminEvent, record } from './record.ts'

/** What the verbs of settings work with. */
export type Admin = { store: Store; directory: Directory; clock: Clock; change: Change }

export type Change = <T>(
  fact: Omit<AdminEvent, 'at' | 'agentId'> & {
    actor: Pick<AgentActor, 'agentId'>
    /** What to say when two nodes take the same name or email at once and the index decides. */
    taken?: () => Refusal
  },
  work: (tx: Tx) => Promise<T>,
) => Promise<T>

/**
 * A change to the settings: the rows, the event that says who made it, and then the picture. It is
 * in force when this resolves.
 */
export function createChange(deps: { store: Store; directory: Directory; clock: Clock }): Change {
  return async ({ actor, taken, ...fact }, work) => {
    const result = await deps.store
      .commit(async (tx) => {
        await takeTurn(tx, 'settings')
        const done = await work(tx)
        await record(tx, { ...fact, agentId: actor.agentId, at: deps.clock.now() })
        return done
      })
      .catch((error: unknown) => {
        throw taken && isTaken(error) ? taken() : error
      })
    await deps.directory.reload()
    return result
  }
}
