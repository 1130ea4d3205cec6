import type { AgentId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { record } from '../agents/record.ts'
import type { Directory } from '../directory/directory.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { takeAppCode, takeCode } from './authenticator-codes.ts'
import { wrongCode } from './by-password.ts'
import { countOrRefuse } from './guesses.ts'
import { installationName } from './me.ts'
import { forgetRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts'
import type { Seals } from './seals.ts'
import { forgetStep, proveStep } from './second-step.ts'
import type { SignIns } from './sign-ins.ts'
import { forgiveGuess, proofBuckets } from './throttle.ts'
import { newTotpSecret, totpAddress } from './totp.ts'

export type Authenticators = ReturnType<typeof createAuthenticators>

/**
 * The second step of an account: an app that makes codes, and recovery codes for when it is lost.
 * Switching it on or off ends every other sign-in of the account and renews this one (T13): those
 * verbs answer with its new token.
 */
export function createAuthenticators(deps: {
  store: Store
  clock: Clock
  directory: Directory
  signIns: SignIns
  seals: Seals
}) {
  const { store, clock, directory, signIns, seals } = deps

  return {
    /** A new secret, told this once. It counts when a code of it was typed. */
    async begin(actor: AgentActor): Promise<{ secret: string; address: string }> {
      const { agentId } = actor
      const secret = newTotpSecret()
      const row = { secret: seals.seal(secret, agentId), last_step: 0, created_at: clock.now() }
      await store.commit(async (tx) => {
        await refuseSecond(tx, agentId)
        await tx
          .insertInto('authenticators')
          .values({ agent_id: agentId, ...row, confirmed_at: null })
          .onConflict((conflict) => conflict.column('agent_id').doUpdateSet(row))
          .execute()
      })
      const label = directory.now.agents.get(agentId)?.email ?? actor.name
      const issuer = installationName(directory.now)
      return { secret, address: totpAddress({ secret, issuer, label }) }
    },

    /** Switches it on; the recovery codes are told this once. */
    async confirm(actor: AgentActor, code: string): Promise<{ codes: string[]; token: string }> {
      const { agentId, signInId } = actor
      const buckets = proofBuckets(agentId, signInId)
      await countOrRefuse(deps, buckets)
      const done = await store.commit(async (tx) => {
        const now = clock.now()
        await refuseSecond(tx, agentId)
        const row = await tx
          .selectFrom('authenticators')
          .select('secret')
          .where('agent_id', '=', agentId)
          .executeTakeFirst()
        if (!row || !(await takeAppCode(tx, { agentId, code, now, seals }, row.secret))) return
        await tx
          .updateTable('authenticators')
          .set({ confirmed_at: now })
          .where('agent_id', '=', agentId)
          .execute()
        await forgiveGuess(tx, buckets)
        await record(tx, { type: 'agent.codes_on', subjectId: agentId, agentId, at: now })
        const codes = await makeRecoveryCodes(tx, { agentId, now })
        await proveStep(tx, signInId)
        return { codes, ...(await signIns.renewIn(tx, actor)) }
      })
      if (!done) throw wrongCode()
      signIns.announceEnded(agentId, done.ended)
      return done
    },

    /** Needs the password and a code: a browser left open is not enough. */
    async end(actor: AgentActor, proof: { password: string; code: string }): Promise<string> {
      const { agentId, signInId } = actor
      await signIns.proofs.checkPassword(actor, proof.password)
      const buckets = proofBuckets(agentId, signInId)
      await countOrRefuse(deps, buckets)
      const done = await store.commit(async (tx) => {
        const now = clock.now()
        if (!(await takeCode(tx, { agentId, code: proof.code, now, seals }))) return
        await forgiveGuess(tx, buckets)
        await forget(tx, agentId, agentId)
        return signIns.renewIn(tx, actor)
      })
      if (!done) throw wrongCode()
      signIns.announceEnded(agentId, done.ended)
      return done.token
    },

    /** For somebody who has lost app and codes: by an administrator, who asks them in person. */
    async endOf(actor: AgentActor, agentId: AgentId): Promise<void> {
      if (!directory.now.agents.has(agentId)) throw notThere('agent')
      if (agentId === actor.agentId) {
        throw new Refusal(
          'not_allowed',
          'Switch your own codes off under Your sign-in, with a code.',
        )
      }
      await store.commit(async (tx) => {
        await forget(tx, agentId, actor.agentId)
        await signIns.revokeIn(tx, agentId)
      })
      signIns.announceRevoked(agentId)
    },

    async renewRecoveryCodes({ agentId }: AgentActor): Promise<string[]> {
      return store.commit(async (tx) => {
        const now = clock.now()
        if (!(await isOn(tx, agentId))) {
          throw new Refusal(
            'not_found',
            'Recovery codes come with codes from an app. Switch those on.',
          )
        }
        await record(tx, {
          type: 'agent.recovery_codes_made',
          subjectId: agentId,
          agentId,
          at: now,
        })
        return makeRecoveryCodes(tx, { agentId, now })
      })
    },
  }

  async function forget(tx: Tx, agentId: AgentId, by: AgentId): Promise<void> {
    await tx.deleteFrom('authenticators').where('agent_id', '=', agentId).execute()
    await forgetRecoveryCodes(tx, agentId)
    await forgetStep(tx, agentId)
    const fact = { type: 'agent.codes_off', subjectId: agentId, agentId: by }
    await record(tx, { ...fact, at: clock.now() })
  }
}

const isOn = async (tx: Tx, agentId: AgentId): Promise<boolean> =>
  (await tx
    .selectFrom('authenticators')
    .select('agent_id')
    .where('agent_id', '=', agentId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()) !== undefined

async function refuseSecond(tx: Tx, agentId: AgentId): Promise<void> {
  if (!(await isOn(tx, agentId))) return
  throw new Refusal(
    'in_use',
    'Codes from an app are on already. Switch them off to use another app.',
  )
}
