import type { AgentId, PasskeyAnswer, PasskeyMade, PasskeyView } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { record } from '../agents/record.ts'
import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import type { Bus } from '../realtime/bus.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { stepOver } from './by-password.ts'
import { installationName } from './me.ts'
import { endOneTimes, makeOneTime, takeOneTime } from './one-times.ts'
import {
  askForKnown,
  askForNew,
  CEREMONY_MS,
  checkKnown,
  checkNew,
  type Party,
} from './passkey-ceremony.ts'
import { forgetStep, proveStep } from './second-step.ts'
import { type StartedSignIn, startSignIn, type Where } from './start-sign-in.ts'

/** More than anybody has devices. */
const MOST = 20

type Challenge = { challenge: string }
type NewChallenge = Challenge & { signInId: string }
type Answered = { token: string | undefined; answer: PasskeyAnswer; party: Party }

export type Passkeys = ReturnType<typeof createPasskeys>

/** Each challenge is good once, for five minutes, in the browser and for the thing it was made for. */
export function createPasskeys(deps: {
  store: Store
  clock: Clock
  bus: Bus
  directory: Directory
}) {
  const { store, clock, bus, directory } = deps

  return {
    /** For whoever comes: the token stays in a cookie, so nobody can hand their answer to another browser. */
    async ask(partyId: string) {
      const options = await askForKnown(partyId)
      const { challenge } = options
      const token = await store.commit((tx) =>
        makeOneTime(tx, {
          kind: 'passkey_sign_in',
          agentId: null,
          data: { challenge },
          now: clock.now(),
          lasts: CEREMONY_MS,
        }),
      )
      return { options, token }
    },

    async signIn(asked: Answered & Where): Promise<StartedSignIn> {
      const passkey = await proved(asked)
      return store.commit(async (tx) => {
        await use(tx, passkey)
        const { id: passkeyId, agent_id: agentId } = passkey
        const { ip, userAgent } = asked
        const where = { ip, userAgent }
        return startSignIn(tx, { agentId, where, by: 'passkey', now: clock.now(), passkeyId })
      })
    },

    /** Shows that the person who signed in is still there. */
    async prove(actor: AgentActor, asked: Answered): Promise<void> {
      const passkey = await proved(asked)
      if (passkey.agent_id !== actor.agentId) throw unknownPasskey()
      await store.commit((tx) => use(tx, passkey))
    },

    async askForNew({ agentId, signInId, name }: AgentActor, partyId: string) {
      const known = await store.read((db) => rowsOf(db, agentId))
      if (known.length >= MOST) {
        throw new Refusal('limit_reached', `${MOST} passkeys are the most. Remove one first.`)
      }
      const email = directory.now.agents.get(agentId)?.email ?? name
      const installation = installationName(directory.now)
      const options = await askForNew(partyId, { agentId, email, name, installation, known })
      const data: NewChallenge = { challenge: options.challenge, signInId }
      const token = await store.commit(async (tx) => {
        await endOneTimes(tx, agentId, ['passkey_new'])
        return makeOneTime(tx, {
          kind: 'passkey_new',
          agentId,
          data,
          now: clock.now(),
          lasts: CEREMONY_MS,
        })
      })
      return { options, token }
    },

    async add(
      actor: AgentActor,
      added: { token: string; name: string; answer: PasskeyMade; party: Party },
    ): Promise<PasskeyView> {
      const { agentId, signInId } = actor
      const asked = await store.commit((tx) =>
        takeOneTime<NewChallenge>(tx, {
          kind: 'passkey_new',
          token: added.token,
          now: clock.now(),
        }),
      )
      if (asked?.agentId !== agentId || asked.data.signInId !== signInId) throw stepOver()
      const made = await checkNew(added.answer, asked.data.challenge, added.party)
      if (!made) {
        throw new Refusal(
          'wrong_passkey',
          'The device’s answer does not hold. Add the passkey again.',
        )
      }
      const row = {
        id: newId<string>(),
        agent_id: agentId,
        credential_id: made.credentialId,
        public_key: made.publicKey,
        counter: made.counter,
        transports: JSON.stringify(added.answer.response.transports ?? []),
        name: added.name.trim(),
        created_at: clock.now(),
        last_used_at: null,
      }
      await store.commit(async (tx) => {
        const known = await tx
          .selectFrom('passkeys')
          .select('id')
          .where('credential_id', '=', row.credential_id)
          .executeTakeFirst()
        if (known) throw new Refusal('in_use', 'This passkey has been added already.')
        await tx.insertInto('passkeys').values(row).execute()
        await proveStep(tx, signInId)
        await tell(tx, 'agent.passkey_added', actor, row.name)
      })
      return viewOf(row)
    },

    async rename(actor: AgentActor, id: string, name: string): Promise<PasskeyView> {
      return store.commit(async (tx) => {
        const row = await tx
          .updateTable('passkeys')
          .set({ name: name.trim() })
          .where('id', '=', id)
          .where('agent_id', '=', actor.agentId)
          .returning(['id', 'name', 'created_at', 'last_used_at'])
          .executeTakeFirst()
        if (!row) throw notThere('passkey')
        await tell(tx, 'agent.passkey_renamed', actor, row.name)
        return viewOf(row)
      })
    },

    /** The device may be lost: what was signed in with it ends, but for the sign-in that asks. */
    async remove(actor: AgentActor, id: string): Promise<void> {
      const ended = await store.commit(async (tx) => {
        const row = await tx
          .deleteFrom('passkeys')
          .where('id', '=', id)
          .where('agent_id', '=', actor.agentId)
          .returning('name')
          .executeTakeFirst()
        if (!row) throw notThere('passkey')
        await forgetStep(tx, actor.agentId)
        await tell(tx, 'agent.passkey_removed', actor, row.name)
        return tx
          .deleteFrom('sign_ins')
          .where('passkey_id', '=', id)
          .where('id', '!=', actor.signInId)
          .returning('id')
          .execute()
      })
      if (ended.length === 0) return
      const signInIds = ended.map((row) => row.id)
      bus.publish({ type: 'revoked', agentId: actor.agentId, signInIds })
    },
  }

  /** The passkey an answer proves, with the counter it is at now. */
  async function proved({ token, answer, party }: Answered) {
    const asked =
      token === undefined
        ? undefined
        : await store.commit((tx) =>
            takeOneTime<Challenge>(tx, { kind: 'passkey_sign_in', token, now: clock.now() }),
          )
    if (!asked) throw stepOver()
    const passkey = await store.read((db) =>
      db
        .selectFrom('passkeys')
        .innerJoin('agents', 'agents.id', 'passkeys.agent_id')
        .select([
          'passkeys.id',
          'passkeys.agent_id',
          'passkeys.credential_id',
          'passkeys.public_key',
          'passkeys.counter',
        ])
        .where('passkeys.credential_id', '=', answer.id)
        .where('agents.disabled', '=', 0)
        .executeTakeFirst(),
    )
    if (!passkey) throw unknownPasskey()
    const newCounter = await checkKnown(answer, asked.data.challenge, party, passkey)
    if (newCounter === undefined) throw unknownPasskey()
    return { ...passkey, newCounter }
  }

  /** Whoever was faster with the same counter has a copy of the passkey, or is its owner. */
  async function use(tx: Tx, passkey: { id: string; counter: number; newCounter: number }) {
    const { numUpdatedRows } = await tx
      .updateTable('passkeys')
      .set({ counter: passkey.newCounter, last_used_at: clock.now() })
      .where('id', '=', passkey.id)
      .where('counter', '=', passkey.counter)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw unknownPasskey()
  }

  function tell(tx: Tx, type: string, { agentId }: AgentActor, name: string) {
    return record(tx, { type, subjectId: agentId, agentId, at: clock.now(), data: { name } })
  }
}

const rowsOf = (db: Db, agentId: AgentId) =>
  db
    .selectFrom('passkeys')
    .select(['id', 'name', 'created_at', 'last_used_at', 'credential_id', 'transports'])
    .where('agent_id', '=', agentId)
    .orderBy('created_at')
    .execute()

export const passkeysOf = async (db: Db, agentId: AgentId): Promise<PasskeyView[]> =>
  (await rowsOf(db, agentId)).map(viewOf)

const viewOf = (row: {
  id: string
  name: string
  created_at: number
  last_used_at: number | null
}): PasskeyView => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
})

const unknownPasskey = () =>
  new Refusal('wrong_passkey', 'That passkey is not known here. Sign in another way.')
