import { createHash } from 'node:crypto'
import type { AgentId, Timestamp } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { record } from '../agents/record.ts'
import type { Directory } from '../directory/directory.ts'
import { addressBlock } from '../http/client-ip.ts'
import { newId, newToken } from '../ids.ts'
import type { Bus } from '../realtime/bus.ts'
import { Refusal } from '../refusal.ts'
import type { Store, Tx } from '../store/store.ts'
import { type Clock, days, minutes } from '../time/clock.ts'
import { actorFrom } from './actor.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import {
  type Bucket,
  blockedUntil,
  bucketsOf,
  countGuess,
  forgetOld,
  forgiveGuess,
  rememberDevice,
} from './throttle.ts'
import { createTurnsByKey } from './turns.ts'

/*
 * Who is signed in. The cookie holds 256 random bits; the row holds their hash. A sign-in ends
 * after 12 hours without a request or a console connection, after 7 days whatever happens, at
 * sign-out, and when the agent is disabled or their password or roles change. Every end deletes
 * the row and announces `revoked`, which cuts the sockets opened with it.
 */

export const IDLE_MS = minutes(12 * 60)
export const ABSOLUTE_MS = days(7)
// A guess counts until it proved right. With few under way from one address, an office that signs
// in all at once waits a moment and is not taken for a guesser.
const PER_ADDRESS = { atOnce: 2, waiting: 200 }
/** `last_seen_at` is written at most this often. */
const SEEN_EVERY = minutes(1)
const SWEEP_EVERY = minutes(1)

export type Where = { ip: string; userAgent: string }
export type StartedSignIn = { agentId: AgentId; signInId: string; token: string }

export type SignIns = {
  readonly passwords: Passwords
  /** Refuses with `wrong_password` or `rate_limited`; the two say nothing about whether the account exists. */
  signIn(
    attempt: Where & { email: string; password: string; device: string | undefined },
  ): Promise<StartedSignIn & { device: string }>
  /** A sign-in without a password: right after setup, and after a change that ended the agent's others. */
  begin(agentId: AgentId, where: Where): Promise<StartedSignIn>
  signOut(token: string | undefined): Promise<void>
  /** Whom a token (`readSignInCookie`) signs in, as they are now. */
  actorOf(token: string | undefined): Promise<AgentActor | undefined>
  /** The sign-in is in use; `actorOf` does this as well. Writes at most once a minute. */
  touch(signInId: string): Promise<void>
  /** Deletes every sign-in of an agent inside a work; pass the result to `announceRevoked` after the commit. */
  revokeIn(tx: Tx, agentId: AgentId): Promise<void>
  announceRevoked(agentId: AgentId): void
  revokeAgent(agentId: AgentId): Promise<void>
  /** Ends what is over its limits; runs every minute between `start` and `stop`. */
  sweep(): Promise<void>
  start(): void
  stop(): void
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

export function createSignIns(deps: {
  store: Store
  bus: Bus
  clock: Clock
  directory: Directory
  passwords?: Passwords
}): SignIns {
  const { store, bus, clock, directory } = deps
  const passwords = deps.passwords ?? createPasswords()
  const seen = new Map<string, Timestamp>()
  const byAddress = createTurnsByKey(PER_ADDRESS)
  let stopSweeping: (() => void) | undefined

  const signIns: SignIns = {
    passwords,

    signIn: (attempt) => byAddress(addressBlock(attempt.ip), () => attemptSignIn(attempt)),

    begin: (agentId, where) => store.commit((tx) => insertSignIn(tx, agentId, where)),

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
      if (!token) return undefined
      const now = clock.now()
      const row = await store.read((db) =>
        db
          .selectFrom('sign_ins')
          .select(['id', 'agent_id', 'last_seen_at'])
          .where('token_hash', '=', hashOf(token))
          .where('expires_at', '>', now)
          .where('last_seen_at', '>', now - IDLE_MS)
          .executeTakeFirst(),
      )
      if (!row) return undefined
      const actor = actorFrom(directory.now, { agentId: row.agent_id, signInId: row.id })
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

  async function attemptSignIn({
    email,
    password,
    device,
    ...where
  }: Parameters<SignIns['signIn']>[0]): ReturnType<SignIns['signIn']> {
    const account = email.trim().toLowerCase()
    const guess = { account, ip: where.ip, device, now: clock.now() }
    const buckets = await store.read((db) => bucketsOf(db, guess))
    await countOrRefuse(buckets)

    const agent = await store.read((db) =>
      db
        .selectFrom('agents')
        .select(['id', 'password_hash'])
        .where('email', '=', account)
        .where('disabled', '=', 0)
        .executeTakeFirst(),
    )
    if (!(await passwords.matches(password, agent?.password_hash)) || !agent) {
      throw new Refusal(
        'wrong_password',
        'That email and password do not match. Try again or ask an administrator for a new password.',
      )
    }

    // Only a device proven before is kept: a cookie that somebody planted earns nothing.
    const knownDevice = device && buckets[0]?.key.startsWith('device:') ? device : newToken()
    const started = await store.commit(async (tx) => {
      await forgiveGuess(tx, buckets)
      await rememberDevice(tx, { account, token: knownDevice, now: clock.now() })
      return insertSignIn(tx, agent.id, where)
    })
    return { ...started, device: knownDevice }
  }

  async function countOrRefuse(buckets: readonly Bucket[]): Promise<void> {
    const now = clock.now()
    // Looking first keeps a flood of refused guesses off the writer.
    const until =
      (await store.read((db) => blockedUntil(db, buckets, now))) ??
      (await store.commit((tx) => countGuess(tx, buckets, now)))
    if (until !== undefined) throw tooManyGuesses(until - now)
  }

  async function insertSignIn(tx: Tx, agentId: AgentId, where: Where): Promise<StartedSignIn> {
    const now = clock.now()
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
        user_agent: where.userAgent.slice(0, 300),
        ip: where.ip,
      })
      .execute()
    await record(tx, { type: 'agent.signed_in', subjectId: agentId, agentId, at: now })
    return { agentId, signInId, token }
  }
}

export function tooManyGuesses(waitMs: number): Refusal {
  const wait = Math.max(1, Math.ceil(waitMs / minutes(1)))
  return new Refusal(
    'rate_limited',
    `Too many attempts. Try again in ${wait} ${wait === 1 ? 'minute' : 'minutes'}.`,
    { retryAfterSeconds: Math.ceil(waitMs / 1_000) },
  )
}
