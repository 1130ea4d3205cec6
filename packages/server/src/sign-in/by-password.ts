import { newToken } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes } from '../time/clock.ts'
import { authenticatorOf, takeCode } from './authenticator-codes.ts'
import { countOrRefuse } from './guesses.ts'
import { lookAtOneTime, makeOneTime, takeOneTime } from './one-times.ts'
import type { Passwords } from './passwords.ts'
import type { Seals } from './seals.ts'
import { type StartedSignIn, startSignIn, type Where } from './start-sign-in.ts'
import { bucketsOf, codeBuckets, forgiveGuess, rememberDevice } from './throttle.ts'

/** How long the code of a second step may take. */
export const CODE_STEP_MS = minutes(5)

export type Attempt = Where & { email: string; password: string; device: string | undefined }
export type CodeAttempt = Where & { token: string; code: string; device: string | undefined }
/** A known device may pass by next time; its token goes into its cookie. */
type Begun = StartedSignIn & { device: string }
type Account = { account: string }

/** Signing in with a password, and with a code where the account asks for one. */
export function createPasswordSteps(deps: {
  store: Store
  clock: Clock
  passwords: Passwords
  seals: Seals
}) {
  const { store, clock, passwords, seals } = deps

  /**
   * Refuses with `wrong_password` or `rate_limited`; the two say nothing about whether the account
   * exists. With a second step nothing has begun yet: there is only a token to go on with.
   */
  async function withPassword(attempt: Attempt): Promise<Begun | { codeStep: string }> {
    const { email, password, device, ...where } = attempt
    const account = email.trim().toLowerCase()
    const guess = { account, ip: where.ip, device, now: clock.now() }
    const buckets = await store.read((db) => bucketsOf(db, guess))
    await countOrRefuse(deps, buckets)

    const agent = await store.read((db) =>
      db
        .selectFrom('agents')
        .select(['id', 'password_hash'])
        .where('email', '=', account)
        .where('disabled', '=', 0)
        .executeTakeFirst(),
    )
    if (!(await passwords.matches(password, agent?.password_hash)) || !agent) throw noMatch()

    return store.commit(async (tx) => {
      const now = clock.now()
      // The check took a while: another password, or the end of the account, may have come first.
      const still = await tx
        .selectFrom('agents')
        .select('id')
        .where('id', '=', agent.id)
        .where('password_hash', '=', agent.password_hash)
        .where('disabled', '=', 0)
        .executeTakeFirst()
      if (!still) throw noMatch()
      await forgiveGuess(tx, buckets)
      if (await authenticatorOf(tx, agent.id)) {
        const step = { kind: 'code_step', agentId: agent.id, data: { account } } as const
        return { codeStep: await makeOneTime(tx, { ...step, now, lasts: CODE_STEP_MS }) }
      }
      // Only a device proven before is kept: a cookie that somebody planted earns nothing.
      const known = device && buckets[0]?.key.startsWith('device:') ? device : newToken()
      await rememberDevice(tx, { account, token: known, now })
      const started = await startSignIn(tx, { agentId: agent.id, where, by: 'password', now })
      return { ...started, device: known }
    })
  }

  /** The second step, for whoever has just proved the password with the same browser. */
  async function withCode({ token, code, device, ...where }: CodeAttempt): Promise<Begun> {
    const asked = { kind: 'code_step', token } as const
    const step = await store.read((db) =>
      lookAtOneTime<Account>(db, { ...asked, now: clock.now() }),
    )
    const agentId = step?.agentId
    if (!step || !agentId) throw stepOver()
    const { account } = step.data
    const buckets = await store.read((db) => codeBuckets(db, { account, device, now: clock.now() }))
    await countOrRefuse(deps, buckets)

    const done = await store.commit(async (tx) => {
      const now = clock.now()
      const by = await takeCode(tx, { agentId, code, now, seals })
      if (!by) return 'wrong'
      if (!(await takeOneTime(tx, { ...asked, now }))) return 'over'
      await forgiveGuess(tx, buckets)
      const known = device && buckets[0]?.key.startsWith('deviceCode:') ? device : newToken()
      await rememberDevice(tx, { account, token: known, now })
      return { ...(await startSignIn(tx, { agentId, where, by, now })), device: known }
    })
    if (done === 'wrong') throw wrongCode()
    if (done === 'over') throw stepOver()
    return done
  }

  return { withPassword, withCode }
}

const noMatch = () =>
  new Refusal(
    'wrong_password',
    'That email and password do not match. Try again or reset the password.',
  )

export const wrongCode = (): Refusal =>
  new Refusal('wrong_code', 'That code does not match, or has been used. Wait for the next one.')

export const stepOver = (): Refusal =>
  new Refusal('step_over', 'That took too long. Sign in again from the beginning.')
