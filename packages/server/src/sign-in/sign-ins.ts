import type { AgentId, Timestamp } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { record } from '../agents/record.ts'
import type { Directory } from '../directory/directory.ts'
import { addressBlock } from '../http/client-ip.ts'
import { newToken } from '../ids.ts'
import type { Bus } from '../realtime/bus.ts'
import { hashOf } from '../store/one-time-rows.ts'
import type { Store, Tx } from '../store/store.ts'
import { type Clock, minutes } from '../time/clock.ts'
import { actorFrom } from './actor.ts'
import { type Attempt, type CodeAttempt, createPasswordSteps } from './by-password.ts'
import { endOneTimes, forgetOneTimes } from './one-times.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createProofs } from './proofs.ts'
import type { Seals } from './seals.ts'
import { lacksStep } from './second-step.ts'
import { type StartedSignIn, startSignIn, type Where } from './start-sign-in.ts'
import { forgetOld } from './throttle.ts'
import { createTurnsByKey } from './turns.ts'

/*
 * Who is signed in. The cookie holds 256 random bits; the row holds their hash. A sign-in ends
 * after 12 hours without a request or a console connection, after 7 days whatever happens, at
 * sign-out, and when the agent is disabled or their password or roles change. Every end deletes
 * the row and announces `revoked`, which cuts the sockets opened with it.
 */

export const IDLE_MS = minutes(12 * 60)
// A guess counts until it proved right. With few under way from one address, an office that signs
// in all at once waits a moment and is not taken for a guesser.
const PER_ADDRESS = { atOnce: 2, waiting: 200 }
/** `last_seen_at` is written at most this often. */
const SEEN_EVERY = minutes(1)
const SWEEP_EVERY = minutes(1)
/** What must not outlive a change of what proves the account. */
const BEGUN = ['code_step', 'passkey_new', 'reset'] as const

export type Renewed = { token: string; ended: string[] }

export type SignIns = {
  readonly passwords: Passwords
  /** With a password; where the account has a second step, only a token to take it with. */
  signIn(attempt: Attempt): Promise<(StartedSignIn & { device: string }) | { codeStep: string }>
  /** The second step. */
  takeStep(attempt: CodeAttempt): Promise<StartedSignIn & { device: string }>
  readonly proofs: ReturnType<typeof createProofs>
  /** A sign-in without a password: right after setup, and after a change that ended the agent's others, with the steps of theirs. */
  begin(agentId: AgentId, where: Where & { twoSteps?: boolean }): Promise<StartedSignIn>
  signOut(token: string | undefined): Promise<void>
  /** Whom a token (`readSignInCookie`) signs in, as they are now; nobody who lacks a second step that is asked of them. */
  actorOf(token: string | undefined): Promise<AgentActor | undefined>
  /** The same, whatever they lack: for setting it up. */
  begunBy(token: string | undefined): Promise<AgentActor | undefined>
  /** The sign-in is in use; `actorOf` does this as well. Writes at most once a minute. */
  touch(signInId: string): Promise<void>
  /** Deletes every sign-in of an agent, begun ones and reset links too, inside a work; pass the result to `announceRevoked` after the commit. */
  revokeIn(tx: Tx, agentId: AgentId): Promise<void>
  announceRevoked(agentId: AgentId): void
  /**
   * Inside a work: this sign-in goes on under a new token, proved just now, and every other of the
   * agent ends, begun ones and reset links too. Pass the ended ones to `announceEnded` after the commit.
   */
  renewIn(tx: Tx, actor: Pick<AgentActor, 'agentId' | 'signInId'>): Promise<Renewed>
  announceEnded(agentId: AgentId, signInIds: string[]): void
  revokeAgent(agentId: AgentId): Promise<void>
  /** Ends what is over its limits; runs every minute between `start` and `stop`. */
  sweep(): Promise<void>
  start(): void
  stop(): void
}

export function createSignIns(deps: {
  store: Store
  bus: Bus
  clock: Clock
  directory: Directory
  seals: Seals
  passwords?: Passwords
}): SignIns {
  const { store, bus, clock, directory } = deps
  const passwords = deps.passwords ?? createPasswords()
  const steps = createPasswordSteps({ ...deps, passwords })
  const seen = new Map<string, Timestamp>()
  const byAddress = createTurnsByKey(PER_ADDRESS)
  let stopSweeping: (() => void) | undefined

  const signIns: SignIns = {
    passwords,
    proofs: createProofs({ ...deps, passwords }),

    signIn: (attempt) => byAddress(addressBlock(attempt.ip), () => steps.withPassword(attempt)),
    takeStep: (attempt) => byAddress(addressBlock(attempt.ip), () => steps.withCode(attempt)),

    begin: (agentId, { twoSteps, ...where }) =>
      store.commit((tx) =>
        startSignIn(tx, { agentId, where, by: 'change', now: clock.now(), twoSteps }),
      ),

    async signOut(token) {
      if (!token) return
      const ended = await store.commit(async (tx) => {
        const row = await tx
          .deleteFrom('sign_ins')
          .where('token_hash', '=', hashOf(token))
          .returning(['id', 'agent_id'])
          .executeTakeFirst()
        if (row) {
          const fact = { type: 'agent.signed_out', subjectId: row.agent_id, agentId: row.agent_id }
          await record(tx, { ...fact, at: clock.now() })
        }
        return row
      })
      if (ended) bus.publish({ type: 'revoked', agentId: ended.agent_id, signInIds: [ended.id] })
    },

    async actorOf(token) {
      const actor = await signIns.begunBy(token)
      return actor && lacksStep(actor, directory.now) ? undefined : actor
    },

    async begunBy(token) {
      if (!token) return undefined
      const now = clock.now()
      const row = await store.read((db) =>
        db
          .selectFrom('sign_ins')
          .select(['id', 'agent_id', 'last_seen_at', 'two_steps'])
          .where('token_hash', '=', hashOf(token))
          .where('expires_at', '>', now)
          .where('last_seen_at', '>', now - IDLE_MS)
          .executeTakeFirst(),
      )
      if (!row) return undefined
      const { agent_id: agentId, id: signInId } = row
      const actor = actorFrom(directory.now, { agentId, signInId, twoSteps: row.two_steps === 1 })
      if (actor && row.last_seen_at < now - SEEN_EVERY) await signIns.touch(row.id)
      return actor
    },

    async touch(signInId) {
      const now = clock.now()
      if ((seen.get(signInId) ?? 0) > now - SEEN_EVERY) return
      seen.set(signInId, now)
      await store.commit((tx) =>
        tx.updateTable('sign_ins').set({ last_seen_at: now }).where('id', '=', signInId).execute(),
      )
    },

    async revokeIn(tx, agentId) {
      await tx.deleteFrom('sign_ins').where('agent_id', '=', agentId).execute()
      await endOneTimes(tx, agentId, BEGUN)
    },
    async renewIn(tx, { agentId, signInId }) {
      const token = newToken()
      await tx
        .updateTable('sign_ins')
        .set({ token_hash: hashOf(token), proved_at: clock.now() })
        .where('id', '=', signInId)
        .execute()
      const others = await tx
        .deleteFrom('sign_ins')
        .where('agent_id', '=', agentId)
        .where('id', '!=', signInId)
        .returning('id')
        .execute()
      await endOneTimes(tx, agentId, BEGUN)
      return { token, ended: others.map((row) => row.id) }
    },
    announceEnded(agentId, signInIds) {
      if (signInIds.length > 0) bus.publish({ type: 'revoked', agentId, signInIds })
    },
    announceRevoked: (agentId) => bus.publish({ type: 'revoked', agentId }),
    async revokeAgent(agentId) {
      await store.commit((tx) => signIns.revokeIn(tx, agentId))
      signIns.announceRevoked(agentId)
    },

    async sweep() {
      const now = clock.now()
      for (const [id, at] of seen) if (at < now - SEEN_EVERY) seen.delete(id)
      const over = await store.commit(async (tx) => {
        await forgetOld(tx, now)
        await forgetOneTimes(tx, now)
        return tx
          .deleteFrom('sign_ins')
          .where((eb) =>
            eb.or([eb('expires_at', '<=', now), eb('last_seen_at', '<=', now - IDLE_MS)]),
          )
          .returning(['id', 'agent_id'])
          .execute()
      })
      for (const row of over) {
        bus.publish({ type: 'revoked', agentId: row.agent_id, signInIds: [row.id] })
      }
    },
    start() {
      // A failing store is its own alarm; the next minute sweeps what this one could not.
      stopSweeping ??= clock.every(SWEEP_EVERY, () => void signIns.sweep().catch(() => undefined))
    },
    stop() {
      stopSweeping?.()
      stopSweeping = undefined
    },
  }
  return signIns
}
