import type { AgentActor } from '../agents/actor.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes } from '../time/clock.ts'
import { countOrRefuse } from './guesses.ts'
import type { Passwords } from './passwords.ts'
import { forgiveGuess, proofBuckets } from './throttle.ts'

/** A proof of who is at the keyboard holds this long: then what protects the account is not changed. */
export const PROOF_MS = minutes(10)

type Who = Pick<AgentActor, 'agentId' | 'signInId'>

/** That the person who signed in is still the one who asks. */
export function createProofs(deps: { store: Store; clock: Clock; passwords: Passwords }) {
  const { store, clock, passwords } = deps
  return {
    async mustBeFresh({ signInId }: Who): Promise<void> {
      const row = await store.read((db) =>
        db.selectFrom('sign_ins').select('proved_at').where('id', '=', signInId).executeTakeFirst(),
      )
      if ((row?.proved_at ?? 0) > clock.now() - PROOF_MS) return
      throw new Refusal('proof_needed', 'Show that it is you first: type your password.')
    },

    /** Refuses with `wrong_password` or `rate_limited`. */
    async checkPassword(actor: Who, password: string): Promise<void> {
      const buckets = proofBuckets(actor.agentId, actor.signInId)
      await countOrRefuse(deps, buckets)
      const row = await store.read((db) =>
        db
          .selectFrom('agents')
          .select('password_hash')
          .where('id', '=', actor.agentId)
          .executeTakeFirst(),
      )
      if (!(await passwords.matches(password, row?.password_hash))) {
        throw new Refusal('wrong_password', 'That is not your present password.')
      }
      await store.commit((tx) => forgiveGuess(tx, buckets))
    },

    /** Only for whoever has just been proved. */
    refresh: ({ signInId }: Who): Promise<void> =>
      store.commit(async (tx) => {
        await tx
          .updateTable('sign_ins')
          .set({ proved_at: clock.now() })
          .where('id', '=', signInId)
          .execute()
      }),
  }
}
